package io.github.sumnet.engine;

import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The network as DL4J defines it, with its weights, its updater's state and its iteration count, on
 * ND4J's device. Every engine trains one of these, so every engine's checkpoints are DL4J models.
 */
public final class Dl4jModel {
  private final Topology topology;
  private final Precision precision;
  private final UpdaterConfig updater;
  private final MultiLayerNetwork network;
  private final INDArray parameters;
  private final INDArray gradientSum;
  private final Gradient gradient;

  Dl4jModel(Topology topology, Precision precision, UpdaterConfig updater) {
    this.topology = topology;
    this.precision = precision;
    this.updater = updater;
    parameters = Nd4j.create(NetworkConfig.dataType(precision), topology.weightCount());
    network = replica();
    network.initGradientsView();
    gradientSum = network.getFlattenedGradients();
    // The updater reads the flat vector of exactly this object; per-layer entries serve clipping.
    gradient = new DefaultGradient(gradientSum);
  }

  public Topology topology() {
    return topology;
  }

  public Precision precision() {
    return precision;
  }

  /** How many steps the updater has taken. */
  public int iteration() {
    return network.getIterationCount();
  }

  /** A copy of the weights; on a GPU this waits for the device. */
  public Weights weights() {
    return WeightLayout.unflatten(topology, parameters.toDoubleVector());
  }

  /** Sets the weights, rounded to the model's precision. */
  public void setWeights(Weights weights) {
    if (!weights.topology().equals(topology)) {
      throw new IllegalArgumentException(
          "weights of a " + weights.topology() + " network do not fit a " + topology + " one");
    }
    parameters.assign(array(weights));
  }

  /** The updater's state as a flat vector; empty for an updater without state. A copy. */
  public double[] updaterState() {
    INDArray state = network.getUpdater().getStateViewArray();
    return state == null ? new double[0] : state.toDoubleVector();
  }

  /**
   * Puts the model where a saved one was.
   *
   * @param state the updater's state, as {@link #updaterState()} gave it
   * @param iteration how many steps had been taken
   */
  public void restore(Weights weights, double[] state, int iteration) {
    int expected = updaterState().length;
    if (state.length != expected) {
      throw new IllegalArgumentException(
          "the state of " + updater.kind() + " has " + expected + " numbers, not " + state.length);
    }
    setWeights(weights);
    if (expected > 0) {
      network.getUpdater().getStateViewArray().assign(array(state));
    }
    network.setIterationCount(iteration);
  }

  /** Writes a zip that DL4J's ModelSerializer reads: configuration, weights, updater state. */
  public void write(OutputStream out) throws IOException {
    ModelSerializer.writeModel(network, out, true);
  }

  /** Another network on the same parameters: it sees every step that this one takes. */
  MultiLayerNetwork replica() {
    MultiLayerConfiguration configuration = NetworkConfig.of(topology, precision, updater);
    MultiLayerNetwork replica = new MultiLayerNetwork(configuration);
    replica.init(parameters, false);
    return replica;
  }

  /** The flat vector, in 'f' order, that the next step's gradient sum belongs into. */
  INDArray gradientSum() {
    return gradientSum;
  }

  /** The mean of what is in {@link #gradientSum()}. */
  Weights meanGradient(long samples) {
    double[] flat = gradientSum.reshape(topology.weightCount()).toDoubleVector();
    return WeightLayout.unflatten(topology, Arrays.stream(flat).map(g -> g / samples).toArray());
  }

  /** Lets the updater turn the gradient sum into a change of the weights, as DL4J's fit does. */
  void applyGradientSum(int samples, int epoch) {
    int iteration = network.getIterationCount();
    network
        .getUpdater()
        .update(network, gradient, iteration, epoch, samples, LayerWorkspaceMgr.noWorkspaces());
    parameters.subi(gradientSum.reshape(topology.weightCount()));
    network.setIterationCount(iteration + 1);
    network.setEpochCount(epoch);
  }

  /** The weights as a flat vector in the model's precision and layout. */
  INDArray array(Weights weights) {
    return array(WeightLayout.flatten(weights));
  }

  private INDArray array(double[] values) {
    DataType type = NetworkConfig.dataType(precision);
    return Nd4j.createFromArray(values).castTo(type);
  }
}
