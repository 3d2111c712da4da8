package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.textbook.Reference;
import io.github.sumnet.gradcheck.step.EngineSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;

/**
 * The usual comparison with a trusted implementation: mean gradients on one random batch, with a
 * tolerance of 1e-3 of the larger one.
 */
final class RelativeToleranceCheck {
  private static final double TOLERANCE = 1e-3;

  private RelativeToleranceCheck() {}

  /**
   * Whether it objects to a subject.
   *
   * @param seed what the batch of 32 and the weights are drawn from
   */
  static boolean rejects(Subject subject, Topology topology, Precision precision, long seed)
      throws InterruptedException {
    CommonCase common = CommonCase.of(topology, precision, seed);
    subject.begin(common.weights().toArray());
    double[] mean = subject.step(common.samples()).at(Stage.MEAN);
    double[] trusted =
        Reference.lossAndGradient(
                common.weights(), EngineSubject.batch(precision, common.samples().rows()))
            .gradient()
            .toArray();
    for (int k = 0; k < mean.length; k++) {
      double larger = Math.max(Math.abs(mean[k]), Math.abs(trusted[k]));
      if (!(Math.abs(mean[k] - trusted[k]) <= TOLERANCE * larger)) {
        return true;
      }
    }
    return false;
  }
}
