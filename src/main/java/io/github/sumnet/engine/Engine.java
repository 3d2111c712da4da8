package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Weights;
import java.util.List;
import java.util.Optional;

/**
 * Computes the network: forward, loss, gradient, and the step that follows from it.
 *
 * <p>A step's gradient is the sum of its chunks' gradients along a binary tree over the chunks'
 * numbers, whoever computed them.
 *
 * <p>An engine is used by one thread; others, if it has them, are its own.
 */
public interface Engine extends AutoCloseable {
  /**
   * An engine with these initial weights, rounded to its precision, from the {@link EngineProvider}
   * of its kind. The ND4J backend must have been decided before.
   *
   * @throws io.github.sumnet.device.opencl.OpenClException if an OpenCL device cannot compute
   */
  static Engine create(EngineSpec spec, Weights initial) {
    if (spec.device() != Device.CUDA) {
      Nd4jSettings.OF_ENGINES.apply();
    }
    Dl4jModel model = new Dl4jModel(spec.topology(), spec.precision(), spec.updater());
    model.setWeights(initial);
    return EngineProvider.of(spec).create(spec, model);
  }

  /** What the engine was made for: its kind, device, precision, network and updater. */
  EngineSpec spec();

  /**
   * The network's weights and the updater's state. An engine that has them elsewhere brings them
   * here first, so what is read later is the state of this moment; what is set is what the next
   * step begins with.
   */
  Dl4jModel model();

  /**
   * Loss and gradient, summed over the next chunks. Weights and updater stay as they are; the sum
   * of the gradients is the model's {@link Dl4jModel#gradientVector} afterwards.
   *
   * @param chunks how many chunks to take from the queue, at least 1
   * @param measureLoss whether the loss is wanted
   */
  StepSum sum(ChunkQueue queue, int chunks, boolean measureLoss) throws InterruptedException;

  /**
   * The step that follows from a sum, whoever computed it with the weights in force.
   *
   * @param epoch the epoch that the step belongs to, from 0
   */
  void apply(StepSum sum, int epoch);

  /** Mean loss and mean gradient over the next chunks, as {@link #sum} has them. */
  default LossAndGradient lossAndGradient(ChunkQueue queue, int chunks)
      throws InterruptedException {
    return sum(queue, chunks, true).mean();
  }

  /**
   * One training step: the mean gradient over the next chunks, then the updater.
   *
   * @param chunks how many chunks to take from the queue, at least 1
   * @param epoch the epoch that the step belongs to, from 0
   * @param measureLoss whether the loss is wanted; on a GPU it costs a wait for the device
   * @return the mean loss before the step, or NaN if it was not wanted
   */
  double step(ChunkQueue queue, int chunks, int epoch, boolean measureLoss)
      throws InterruptedException;

  /**
   * Copies chunks to where the engine computes, where they stay until it is closed: steps on these
   * very batches copy nothing. They must not change any more. An engine that computes from the
   * batches themselves does nothing here.
   */
  void hold(List<Batch> chunks);

  /** Waits until the device has done all that it was given; a CPU always has. */
  void awaitDevice();

  /** The network's output ŷ for every sample of the batch. */
  double[] predict(Batch batch);

  /**
   * How far the outputs are from the targets of the next chunks, added up in the order of the
   * chunks.
   *
   * @param chunks how many chunks to take from the queue, at least 1
   */
  default ErrorSum errors(ChunkQueue queue, int chunks) throws InterruptedException {
    ErrorSum sum = ErrorSum.NONE;
    for (int i = 0; i < chunks; i++) {
      Batch chunk = queue.take();
      sum = sum.plus(ErrorSum.of(chunk, predict(chunk)));
      queue.release(chunk);
    }
    return sum;
  }

  /**
   * The sum of the losses over the next chunks, where the engine computes. The model's gradient
   * vector may change.
   */
  default double loss(ChunkQueue queue, int chunks) throws InterruptedException {
    return sum(queue, chunks, true).loss();
  }

  /** Both passes over the batch with what they compute on the way. Weights stay as they are. */
  Trace trace(Batch batch);

  /** What went between host and device so far; empty where that is not measured. */
  default Optional<Transfers> transfers() {
    return Optional.empty();
  }

  /** Frees threads and memory. */
  @Override
  void close();
}
