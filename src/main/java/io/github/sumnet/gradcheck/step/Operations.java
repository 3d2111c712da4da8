package io.github.sumnet.gradcheck.step;

import io.github.sumnet.network.DenseNetwork;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The operations of a training step, each as a textbook has it. A fault changes one of them. They
 * are the same in every arithmetic, so that a fault can be planted in rounded numbers and
 * recognised in bounded ones.
 */
public interface Operations {
  /** All operations are right. */
  Operations TEXTBOOK = new Operations() {};

  /** An input that the first layer takes. */
  default <T> T input(TrainingStep<T> step, int sample, int input) {
    return step.input(sample, input);
  }

  /** The target that an output is compared with. */
  default <T> T target(TrainingStep<T> step, int sample, int output) {
    return step.target(sample, output);
  }

  /** The weight as the forward pass takes it. */
  default <T> T weight(TrainingStep<T> step, int layer, int in, int out) {
    return step.weight(layer, in, out);
  }

  /** What a unit makes of its weighted input; not asked for softmax. */
  default <T> T activation(TrainingStep<T> step, int layer, T z) {
    return step.math().activation(step.network().layer(layer).activation(), z);
  }

  /** The weight as the deltas go back through it. */
  default <T> T backwardWeight(TrainingStep<T> step, int layer, int in, int out) {
    return step.weight(layer, in, out);
  }

  /** The activation's derivative. */
  default <T> T slope(TrainingStep<T> step, int layer, T z, T a) {
    return step.math().slope(step.network().layer(layer).activation(), z, a);
  }

  /** What a delta is multiplied with in the derivative by a weight. */
  default <T> T factor(TrainingStep<T> step, int layer, int sample, int in, int out) {
    return step.activation(layer - 1, sample, in);
  }

  /** The samples that go into a sum over the batch, by chunks. */
  default int[][] summed(int[][] chunks) {
    return chunks;
  }

  /** What a sum over n samples is divided by. */
  default double divisor(TrainingStep<?> step, int n) {
    return n;
  }

  /** What the update takes from a parameter: the learning rate times the mean derivative. */
  default <T> T change(TrainingStep<T> step, T change) {
    return change;
  }

  /**
   * A value of a stage, as the stages after it will find it.
   *
   * @param index the place among the values of the stage, or among those of each sample
   */
  default <T> T value(TrainingStep<T> step, Stage stage, int index, T value) {
    return value;
  }

  /** The place from which a stage's value at a place is taken, of a stage of the batch. */
  default int place(DenseNetwork network, Stage stage, int index) {
    return index;
  }

  /** The values that a stage of the batch has, where one of them changes all. */
  static <T> List<T> moved(
      Operations operations, DenseNetwork network, Stage stage, List<T> values) {
    return stage.isPerSample()
        ? values
        : IntStream.range(0, values.size())
            .mapToObj(i -> values.get(operations.place(network, stage, i)))
            .toList();
  }
}
