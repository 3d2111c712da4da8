package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.network.WorkedExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    Repeatability repeatability = form == Form.FULL ? Repeatability.of(engine, seed) : null;
    try (Subject subject = new EngineSubject(engine)) {
      return run(engine, form, seed, subject, repeatability);
    }
  }

  /** Checks whatever computes, as if it were the engine. */
  static GradientReport run(EngineSpec engine, Form form, long seed, Subject subject)
      throws InterruptedException {
    return run(engine, form, seed, subject, null);
  }

  private static GradientReport run(
      EngineSpec engine, Form form, long seed, Subject subject, Repeatability repeatability)
      throws InterruptedException {
    List<Design> designs = Designs.of(form, engine.topology(), engine.precision(), seed);
    List<NonFiniteResult> nonFinite =
        form == Form.FULL
            ? NonFiniteInputs.judge(engine.topology(), engine.precision(), subject)
            : List.of();
    return run(engine, form, seed, subject, designs, nonFinite, repeatability);
  }

  private static GradientReport run(
      EngineSpec engine,
      Form form,
      long seed,
      Subject subject,
      List<Design> designs,
      List<NonFiniteResult> nonFinite,
      Repeatability repeatability)
      throws InterruptedException {
    Judge judge = new Judge(engine.precision(), engine.device());
    List<DesignResult> results = new ArrayList<>();
    for (Design design : designs) {
      results.add(judge.judge(design, subject));
    }
    Optional<Stage> wrong = GradientReport.firstWrongStage(results);
    Failure failure = null;
    if (wrong.isPresent()) {
      List<Design> failing = new ArrayList<>();
      for (int i = 0; i < designs.size(); i++) {
        if (results.get(i).firstWrong().map(StageResult::stage).equals(wrong)) {
          failing.add(designs.get(i));
        }
      }
      failure = Investigation.of(judge, subject, wrong.get(), failing);
    }
    return new GradientReport(engine, form, seed, results, nonFinite, repeatability, failure);
  }
}
