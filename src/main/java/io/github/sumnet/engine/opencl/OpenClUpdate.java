package io.github.sumnet.engine.opencl;

import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.chunk.AdamStep;
import java.util.List;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * What a step makes of the sum of its gradients on a device, as {@code fused.cl} takes it.
 *
 * @param updater its number there
 * @param rate the learning rate, and for Adam what else changes from step to step
 * @param constants what else it takes
 */
record OpenClUpdate(int updater, double rate, List<Double> constants) {
  /** No step follows from the sum. */
  static final OpenClUpdate NONE = new OpenClUpdate(0, 0, List.of());

  /** The step that a model takes next, with the learning rate of that epoch and step. */
  static OpenClUpdate of(Dl4jModel model, int epoch) {
    double rate = model.learningRate(epoch);
    return switch (model.updater().kind()) {
      case SGD -> new OpenClUpdate(1, rate, List.of());
      case NESTEROVS -> new OpenClUpdate(2, rate, List.of(Nesterovs.DEFAULT_NESTEROV_MOMENTUM));
      case ADAM -> {
        AdamStep adam = AdamStep.of(model.precision(), rate, model.iteration());
        yield new OpenClUpdate(
            3,
            adam.step(),
            List.of(adam.beta1(), adam.rest1(), adam.beta2(), adam.rest2(), adam.epsilon()));
      }
    };
  }

  /** Whether one launch can make both steps. */
  boolean goesWith(OpenClUpdate other) {
    return updater != NONE.updater && updater == other.updater && constants.equals(other.constants);
  }
}
