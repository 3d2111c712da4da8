package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.step.EngineSubject;
import io.github.sumnet.gradcheck.step.Misreporting;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;

/** What the check reports of an engine whose mean gradients have the wrong sign. */
public final class FailingReport {
  private FailingReport() {}

  public static GradientReport of(EngineSpec spec) throws InterruptedException {
    try (EngineSubject healthy = new EngineSubject(spec)) {
      return GradientCheck.run(spec, Form.SHORT, 1, wrongSign(healthy));
    }
  }

  private static Subject wrongSign(Subject healthy) {
    return new Misreporting(healthy) {
      @Override
      protected void change(Observation seen) {
        double[] mean = seen.at(Stage.MEAN);
        for (int k = 0; k < mean.length; k++) {
          mean[k] = -mean[k];
        }
      }
    };
  }
}
