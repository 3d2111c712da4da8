package io.github.sumnet.engine;

import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

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
  private final IUpdater rate;
  private HostVector hostGradient;

  /** A model whose weights are zero, in ND4J's memory. */
  public Dl4jModel(Topology topology, Precision precision, UpdaterConfig updater) {
    this.topology = topology;
    this.precision = precision;
    this.updater = updater;
    rate = NetworkConfig.updater(updater);
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

  /** Another model in the same state, which goes its own way from here. */
  public Dl4jModel copy() {
    Dl4jModel copy = new Dl4jModel(topology, precision, updater);
    copy.copyFrom(this);
    return copy;
  }

  /** Takes the state of a model of the same kind. */
  public void copyFrom(Dl4jModel other) {
    copy(other.parameters, parameters);
    INDArray state = updaterState();
    if (state != null) {
      copy(other.updaterState(), state);
    }
    network.setIterationCount(other.iteration());
    network.setEpochCount(other.network.getEpochCount());
  }

  /** Copies an array that fills its buffer, without an operation of ND4J, which costs 100 µs. */
  private static void copy(INDArray from, INDArray to) {
    Nd4j.getMemoryManager().memcpy(to.data(), from.data());
  }

  /** The updater's state as ND4J's updater lays it out; null if it has none. */
  private INDArray updaterState() {
    INDArray state = network.getUpdater().getStateViewArray();
    return state == null || state.isEmpty() ? null : state;
  }

  /** How many steps the updater has taken. */
  public int iteration() {
    return network.getIterationCount();
  }

  public UpdaterConfig updater() {
    return updater;
  }

  /** η of the next step, if it is of the same epoch as the last one. */
  public double learningRate() {
    return learningRate(network.getEpochCount());
  }

  /** A copy of the weights; on a GPU this waits for the device. */
  public Weights weights() {
    return WeightLayout.unflatten(topology, parameters.data().asDouble());
  }

  /** Sets the weights, rounded to the model's precision. */
  public void setWeights(Weights weights) {
    if (!weights.topology().equals(topology)) {
      throw new IllegalArgumentException(
          "weights of a " + weights.topology() + " network do not fit a " + topology + " one");
    }
    parameters.assign(array(weights));
  }

  /**
   * Puts the model where a saved one was. A model that refuses is left as it is.
   *
   * @param coefficients the weights as {@link #write} wrote them
   * @param updaterState the updater's state likewise; empty for an updater without state
   * @param iteration how many steps had been taken
   * @param epoch the epoch of the last of them, from 0
   * @throws IllegalArgumentException if they are those of another network, precision or updater
   */
  public void restore(byte[] coefficients, byte[] updaterState, int iteration, int epoch) {
    INDArray state = updaterState();
    boolean stateless = state == null;
    if (stateless != (updaterState.length == 0)) {
      throw new IllegalArgumentException(
          "updater " + updater.kind() + (stateless ? " has no state" : " needs its state"));
    }
    INDArray savedWeights = SavedArray.read(coefficients, parameters, "the weights");
    if (!stateless) {
      state.assign(SavedArray.read(updaterState, state, "the updater's state"));
    }
    parameters.assign(savedWeights);
    network.setIterationCount(iteration);
    network.setEpochCount(epoch);
  }

  /** Writes a zip that DL4J's ModelSerializer reads: configuration, weights, updater state. */
  public void write(OutputStream out) throws IOException {
    ModelSerializer.writeModel(network, out, true);
  }

  /** Another network on the same parameters: it sees every step that this one takes. */
  public MultiLayerNetwork replica() {
    MultiLayerConfiguration configuration = NetworkConfig.of(topology, precision, updater);
    MultiLayerNetwork replica = new MultiLayerNetwork(configuration);
    replica.init(parameters, false);
    return replica;
  }

  /** The flat vector, in 'f' order, that the next step's gradient sum belongs into. */
  public INDArray gradientSum() {
    return gradientSum;
  }

  /**
   * What is in the vector of the gradient: after {@link Engine#sum} the SUM of the samples'
   * gradients, after {@link Engine#step} what the updater made of it and subtracted from the
   * weights.
   */
  public Weights gradientVector() {
    return WeightLayout.unflatten(
        topology, gradientSum.reshape(topology.weightCount()).toDoubleVector());
  }

  /** Sets the next step's gradient sum; in the host's memory only. */
  public void setGradientSum(Weights sum) {
    setGradientSum(WeightLayout.flatten(sum));
  }

  /** Sets the next step's gradient sum, flat, without ND4J; in the host's memory only. */
  public void setGradientSum(double[] flat) {
    HostVector sum = hostGradient();
    for (int i = 0; i < flat.length; i++) {
      sum.set(i, flat[i]);
    }
  }

  /** The weights' memory, flat; on a CPU. */
  public HostVector hostWeights() {
    return HostVector.of(parameters, precision);
  }

  /** The memory of the gradient sum, flat; on a CPU. */
  public HostVector hostGradient() {
    if (hostGradient == null) {
      hostGradient = HostVector.of(gradientSum, precision);
    }
    return hostGradient;
  }

  /** The memory of the updater's state, as ND4J's updater lays it out; null if it has none. */
  public HostVector hostUpdaterState() {
    INDArray state = updaterState();
    return state == null ? null : HostVector.of(state, precision);
  }

  /** η of the next step, if it is of this epoch. */
  public double learningRate(int epoch) {
    return rate.getLearningRate(iteration(), epoch);
  }

  /** Counts one more step, of this epoch, for what depends on the number of steps. */
  public void advance(int epoch) {
    network.setIterationCount(Math.addExact(iteration(), 1));
    network.setEpochCount(epoch);
  }

  /** Lets the updater turn the gradient sum into a change of the weights, as DL4J's fit does. */
  public void applyGradientSum(int samples, int epoch) {
    int iteration = network.getIterationCount();
    network
        .getUpdater()
        .update(network, gradient, iteration, epoch, samples, LayerWorkspaceMgr.noWorkspaces());
    parameters.subi(gradientSum.reshape(topology.weightCount()));
    advance(epoch);
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
