package io.github.sumnet.engine.dl4j;

import static org.deeplearning4j.nn.params.DefaultParamInitializer.WEIGHT_KEY;

import io.github.sumnet.data.Batch;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.engine.chunk.ChunkGradient;
import io.github.sumnet.engine.chunk.ChunkSum;
import io.github.sumnet.network.Precision;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Deeplearning4j's own forward and backward pass, with a replica of the network that shares the
 * model's parameters.
 */
final class Dl4jGradient implements ChunkGradient {
  private final MultiLayerNetwork network;
  private final HeldChunks held;
  private final ChunkArrays own;
  private ChunkArrays arrays;
  private INDArray gradientSum;

  /** One thread's. */
  Dl4jGradient(Dl4jModel model, Device device, HeldChunks held) {
    this.held = held;
    network = model.replica();
    own = arrays(device, model.precision());
  }

  /** Empty arrays on a device. */
  static ChunkArrays arrays(Device device, Precision precision) {
    return device == Device.CUDA ? new DeviceChunkArrays() : new HostChunkArrays(precision);
  }

  @Override
  public void hold(Batch chunk) {
    held.hold(chunk);
  }

  private void load(Batch chunk) {
    arrays = held.of(chunk);
    if (arrays == null) {
      arrays = own;
      arrays.load(chunk);
    }
  }

  private void unload() {
    if (arrays == own) {
      own.unload();
    }
  }

  @Override
  public ChunkSum sum(Batch chunk, boolean measureLoss) {
    load(chunk);
    double meanLoss = measureLoss ? backwardWithScore() : backward();
    unload();
    int samples = chunk.size();
    return new ChunkSum(new Nd4jSum(gradientSum, false), meanLoss * samples, samples);
  }

  private double backwardWithScore() {
    network.setInput(arrays.inputs());
    network.setLabels(arrays.targets());
    network.computeGradientAndScore();
    gradientSum = network.gradient().gradient();
    return hidesNaN() ? Double.NaN : network.score();
  }

  /**
   * ND4J's product with a matrix of one element multiplies by that element as a number, and its
   * multiplication by a number takes 1e-5 for NaN: with one hidden unit a NaN weight of the output
   * would leave no trace in the loss.
   */
  private boolean hidesNaN() {
    INDArray outputWeights = network.getLayer(1).getParam(WEIGHT_KEY);
    return outputWeights.length() == 1 && Double.isNaN(outputWeights.getDouble(0));
  }

  /** Computes the gradient without the score: no reduction of it, and no scalar is read back. */
  private double backward() {
    Pair<Gradient, INDArray> result =
        network.calculateGradients(arrays.inputs(), arrays.targets(), null, null);
    gradientSum = result.getFirst().gradient();
    // The derivative by the inputs, which nobody needs, lies outside every workspace.
    result.getSecond().close();
    return Double.NaN;
  }

  @Override
  public double[] predict(Batch batch) {
    load(batch);
    try (INDArray output = network.output(arrays.inputs(), false)) {
      return output.data().asDouble();
    } finally {
      unload();
    }
  }

  /**
   * DL4J shows no intermediate value of its training pass. These come from the same objects, called
   * as its layers call them: the weight matrices' products, the activation and the loss function.
   */
  @Override
  public Trace trace(Batch batch) {
    load(batch);
    try (INDArray hiddenWeights = network.getLayer(0).getParam(WEIGHT_KEY).dup('f');
        INDArray outputWeights = network.getLayer(1).getParam(WEIGHT_KEY).dup('f');
        INDArray z = arrays.inputs().mmul(hiddenWeights);
        INDArray a = activation(0).getActivation(z.dup(), true);
        INDArray zo = a.mmul(outputWeights);
        INDArray prediction = activation(1).getActivation(zo.dup(), true);
        INDArray deltaOutput =
            loss().computeGradient(arrays.targets(), zo.dup(), activation(1), null);
        INDArray back = outputWeights.mmul(deltaOutput.transpose()).transpose();
        INDArray deltaHidden = activation(0).backprop(z.dup(), back).getFirst()) {
      return new Trace(
          rows(z), rows(a), rows(zo), rows(prediction), rows(deltaOutput), rows(deltaHidden));
    } finally {
      unload();
    }
  }

  private IActivation activation(int layer) {
    return ((BaseLayer) network.getLayer(layer).conf().getLayer()).getActivationFn();
  }

  private ILossFunction loss() {
    return ((BaseOutputLayer) network.getLayer(1).conf().getLayer()).getLossFn();
  }

  /** The values sample by sample, whatever order the array has in memory. */
  private static double[] rows(INDArray array) {
    return array.dup('c').data().asDouble();
  }

  @Override
  public void close() {
    own.close();
    held.close();
  }
}
