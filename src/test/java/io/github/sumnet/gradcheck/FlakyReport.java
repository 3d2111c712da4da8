package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.step.Misreporting;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.DenseNetwork;

/** What the check reports of an engine whose mean gradient was wrong once and never again. */
public final class FlakyReport {
  private FlakyReport() {}

  public static GradientReport of(EngineSpec spec) throws InterruptedException {
    Subject healthy = new RoundedSubject(DenseNetwork.of(spec.topology()), spec.precision());
    return GradientCheck.run(spec, Form.SHORT, 1, new WrongOnce(healthy));
  }

  private static final class WrongOnce extends Misreporting {
    private int steps;

    WrongOnce(Subject honest) {
      super(honest);
    }

    @Override
    protected void change(Observation seen) {
      steps++;
      if (steps == 2) {
        seen.at(Stage.MEAN)[1] *= 1.5;
      }
    }
  }
}
