package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What a check of an engine's gradients found. Only {@link GradientCheck} makes one, so a passing
 * report is proof that the check was run.
 */
public final class GradientReport {
  private final EngineSpec engine;
  private final Form form;
  private final long seed;
  private final List<DesignResult> results;

  GradientReport(EngineSpec engine, Form form, long seed, List<DesignResult> results) {
    this.engine = engine;
    this.form = form;
    this.seed = seed;
    this.results = List.copyOf(results);
  }

  /** The engine that was checked. */
  public EngineSpec engine() {
    return engine;
  }

  /** What the random designs were drawn from. */
  public long seed() {
    return seed;
  }

  public List<DesignResult> results() {
    return results;
  }

  /**
   * Fails if any value does; passes if, besides, every value of the batch passed on a design that
   * is blind to nothing.
   */
  public Verdict verdict() {
    if (failed() > 0 || referenceFailed() > 0) {
      return Verdict.FAIL;
    }
    return everythingPassedSomewhere() ? Verdict.PASS : Verdict.INCONCLUSIVE;
  }

  private boolean everythingPassedSomewhere() {
    Map<Stage, Set<String>> passed = new EnumMap<>(Stage.class);
    for (DesignResult result : results) {
      if (result.blindTo().isEmpty()) {
        result
            .stages()
            .forEach(
                stage ->
                    passed
                        .computeIfAbsent(stage.stage(), any -> new HashSet<>())
                        .addAll(stage.passed()));
      }
    }
    return Arrays.stream(Stage.values())
        .filter(stage -> !stage.isPerSample())
        .allMatch(
            stage ->
                passed.getOrDefault(stage, Set.of()).size() == stage.size(engine.topology(), 1));
  }

  /** How many values were compared. */
  public int checked() {
    return total(StageResult::checked);
  }

  /** How many of the engine's values are wrong. */
  public int failed() {
    return total(StageResult::failed);
  }

  /** How many values could not be judged. */
  public int inconclusive() {
    return total(StageResult::inconclusive);
  }

  /** How many of the reference's values are wrong. */
  public int referenceFailed() {
    return total(StageResult::referenceFailed);
  }

  /** The largest error in units of its bound. */
  public double worstErrorOverBound() {
    return stages()
        .mapToDouble(StageResult::worstErrorOverBound)
        .reduce(0, (a, b) -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.max(a, b));
  }

  /**
   * The earliest stage that went wrong in any design; everything after it may be its consequence.
   */
  public Optional<Stage> firstWrongStage() {
    return results.stream()
        .flatMap(result -> result.firstWrong().stream())
        .map(StageResult::stage)
        .min(Comparator.naturalOrder());
  }

  /**
   * Insists on a pass.
   *
   * @throws GradientMismatchException if the gradients are wrong or could not be judged
   */
  public void requirePass() {
    if (verdict() != Verdict.PASS) {
      throw new GradientMismatchException(this);
    }
  }

  private Stream<StageResult> stages() {
    return results.stream().flatMap(result -> result.stages().stream());
  }

  private int total(ToIntFunction<StageResult> count) {
    return results.stream().mapToInt(result -> result.total(count)).sum();
  }
}
