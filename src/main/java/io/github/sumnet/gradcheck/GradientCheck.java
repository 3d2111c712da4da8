package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.network.WorkedExample;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges an engine on the device and in the precision in which it will train: forward values, loss,
 * gradients and the step that follows from them, against the truth in decimal arithmetic. A value
 * is right when rounding can explain its distance from the truth.
 */
public final class GradientCheck {
  /** η of the steps that are watched. */
  static final double LEARNING_RATE = WorkedExample.LEARNING_RATE;

  private GradientCheck() {}

  /**
   * Checks an engine like the one that will train. The ND4J backend must have been decided before.
   *
   * @param seed what the random designs are drawn from
   */
  public static GradientReport run(EngineSpec engine, Form form, long seed)
      throws InterruptedException {
    try (Subject subject = new EngineSubject(engine)) {
      return run(engine, form, seed, subject);
    }
  }

  /** Checks whatever computes, as if it were the engine. */
  static GradientReport run(EngineSpec engine, Form form, long seed, Subject subject)
      throws InterruptedException {
    Judge judge = new Judge(engine.precision(), engine.device());
    List<DesignResult> results = new ArrayList<>();
    for (Design design : Designs.of(form, engine.topology(), engine.precision(), seed)) {
      results.add(judge.judge(design, subject));
    }
    return new GradientReport(engine, form, seed, results);
  }
}
