package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.device.Device;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Deeplearning4j's own forward and backward pass, with a replica of the network that shares the
 * model's parameters.
 */
final class Dl4jGradient implements ChunkGradient {
  private final MultiLayerNetwork network;
  private final ChunkArrays arrays;
  private INDArray gradientSum;

  Dl4jGradient(Dl4jModel model, Device device) {
    network = model.replica();
    arrays =
        switch (device) {
          case CPU -> new HostChunkArrays(model.precision());
          case CUDA -> new DeviceChunkArrays();
        };
  }

  @Override
  public double compute(Batch chunk, boolean measureLoss) {
    arrays.load(chunk);
    double loss = measureLoss ? backwardWithScore() : backward();
    arrays.unload();
    return loss;
  }

  private double backwardWithScore() {
    network.setInput(arrays.inputs());
    network.setLabels(arrays.targets());
    network.computeGradientAndScore();
    gradientSum = network.gradient().gradient();
    return network.score();
  }

  /** The same passes as with the score, without its reduction and without reading a scalar back. */
  private double backward() {
    Pair<Gradient, INDArray> result =
        network.calculateGradients(arrays.inputs(), arrays.targets(), null, null);
    gradientSum = result.getFirst().gradient();
    // The derivative by the inputs, which nobody needs, lies outside every workspace.
    result.getSecond().close();
    return Double.NaN;
  }

  @Override
  public void addTo(INDArray total, boolean replace) {
    if (replace) {
      total.assign(gradientSum);
    } else {
      total.addi(gradientSum);
    }
  }

  @Override
  public double[] predict(Batch batch) {
    arrays.load(batch);
    try (INDArray output = network.output(arrays.inputs(), false)) {
      return output.data().asDouble();
    } finally {
      arrays.unload();
    }
  }

  @Override
  public void close() {
    arrays.close();
  }
}
