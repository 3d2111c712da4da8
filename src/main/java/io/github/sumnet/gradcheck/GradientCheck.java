package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
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

  /** Samples of the largest step that a planted fault is looked for in. */
  private static final int LARGEST_WITH_A_FAULT = 64;

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
    Topology topology = engine.topology();
    Precision precision = engine.precision();
    List<Design> designs = Designs.of(form, topology, precision, seed);
    Judge judge = new Judge(precision, engine.device());
    List<DesignResult> results = judge(judge, subject, designs);
    boolean full = form == Form.FULL;
    return new GradientReport(
        engine,
        form,
        seed,
        results,
        full ? NonFiniteInputs.judge(topology, precision, subject) : List.of(),
        full ? Repeatability.of(engine, seed) : null,
        failure(judge, subject, designs, results),
        null);
  }

  /**
   * Checks a network with a planted fault in the engine's place.
   *
   * @param engine says in which precision and width
   */
  public static GradientReport ofMutant(Mutant mutant, EngineSpec engine, long seed)
      throws InterruptedException {
    List<Design> designs =
        Designs.of(Form.FULL, engine.topology(), engine.precision(), seed).stream()
            .filter(design -> design.samples().stream().allMatch(n -> n <= LARGEST_WITH_A_FAULT))
            .toList();
    return run(engine, Form.FULL, seed, mutant, mutant.plant(engine.precision()), designs);
  }

  /**
   * Checks the engine, or a planted fault, on one case that is given in every number.
   *
   * @param mutant the fault; null for the engine itself
   * @param weights where its first step starts
   * @param steps the steps, each of one or more chunks of samples {x1, x2, y}
   */
  public static GradientReport replay(
      EngineSpec engine, Mutant mutant, long seed, Weights weights, List<List<double[][]>> steps)
      throws InterruptedException {
    Precision precision = engine.precision();
    Design design =
        new Design(
            "replay",
            "",
            weights.map(precision::round),
            steps.stream()
                .map(chunks -> chunks.stream().map(c -> Batches.of(precision, c)).toList())
                .toList());
    try (Subject subject = mutant == null ? new EngineSubject(engine) : mutant.plant(precision)) {
      return run(engine, Form.SHORT, seed, mutant, subject, List.of(design));
    }
  }

  private static GradientReport run(
      EngineSpec engine, Form form, long seed, Mutant mutant, Subject subject, List<Design> designs)
      throws InterruptedException {
    Judge judge = new Judge(engine.precision(), engine.device());
    List<DesignResult> results = judge(judge, subject, designs);
    Failure failure = failure(judge, subject, designs, results);
    return new GradientReport(engine, form, seed, results, List.of(), null, failure, mutant);
  }

  private static List<DesignResult> judge(Judge judge, Subject subject, List<Design> designs)
      throws InterruptedException {
    List<DesignResult> results = new ArrayList<>();
    for (Design design : designs) {
      results.add(judge.judge(design, subject));
    }
    return results;
  }

  private static Failure failure(
      Judge judge, Subject subject, List<Design> designs, List<DesignResult> results)
      throws InterruptedException {
    Optional<Stage> wrong = GradientReport.firstWrongStage(results);
    if (wrong.isEmpty()) {
      return null;
    }
    List<Design> failing = new ArrayList<>();
    for (int i = 0; i < designs.size(); i++) {
      if (results.get(i).firstWrong().map(StageResult::stage).equals(wrong)) {
        failing.add(designs.get(i));
      }
    }
    return Investigation.of(judge, subject, wrong.get(), failing);
  }
}
