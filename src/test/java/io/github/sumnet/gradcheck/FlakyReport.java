package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;

/** What the check reports of an engine whose mean gradient was wrong once and never again. */
public final class FlakyReport {
  private FlakyReport() {}

  public static GradientReport of(EngineSpec spec) throws InterruptedException {
    TextbookNetwork healthy = new TextbookNetwork(spec.precision(), GradientCheck.LEARNING_RATE);
    return GradientCheck.run(spec, Form.SHORT, 1, new WrongOnce(healthy));
  }

  private static final class WrongOnce extends Misreporting {
    private int steps;

    WrongOnce(Subject honest) {
      super(honest);
    }

    @Override
    void change(Observation seen) {
      steps++;
      if (steps == 2) {
        seen.at(Stage.MEAN)[1] *= 1.5;
      }
    }
  }
}
