package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.DenseNetwork;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a check of an engine's gradients found. Only {@link GradientCheck} makes one, so a passing
 * report is proof that the check was run.
 */
public final class GradientReport {
  private final CheckedNetwork subject;
  private final Form form;
  private final long seed;
  private final List<DesignResult> results;
  private final List<NonFiniteResult> nonFinite;
  private final Repeatability repeatability;
  private final Failure failure;
  private final Fault planted;
  private final boolean ofGivenCase;

  GradientReport(
      CheckedNetwork subject,
      Form form,
      long seed,
      Judgement judgement,
      List<NonFiniteResult> nonFinite,
      Repeatability repeatability,
      Fault planted,
      boolean ofGivenCase) {
    this.subject = subject;
    this.form = form;
    this.seed = seed;
    this.results = List.copyOf(judgement.results());
    this.nonFinite = List.copyOf(nonFinite);
    this.repeatability = repeatability;
    this.failure = judgement.failure();
    this.planted = planted;
    this.ofGivenCase = ofGivenCase;
  }

  /** The network that was checked. */
  public CheckedNetwork subject() {
    return subject;
  }

  /**
   * The engine that was checked.
   *
   * @throws java.util.NoSuchElementException if it was a model of one's own
   */
  public EngineSpec engine() {
    return subject.engine().orElseThrow();
  }

  private DenseNetwork network() {
    return subject.network();
  }

  /** The fault that was planted in place of the engine, if it was one. */
  public Optional<Fault> planted() {
    return Optional.ofNullable(planted);
  }

  /**
   * Whether z, a, ŷ and the deltas are those of the very pass that the gradient comes from, and not
   * computed once more.
   */
  public boolean tracesTrainingPass() {
    return planted != null
        || subject.engine().filter(engine -> engine.type().tracesTrainingPass()).isPresent();
  }

  /** How thoroughly it was checked. */
  public Form form() {
    return form;
  }

  /** What the random designs were drawn from. */
  public long seed() {
    return seed;
  }

  public List<DesignResult> results() {
    return results;
  }

  /** What became of NaN and infinities; empty in the short form. */
  public List<NonFiniteResult> nonFinite() {
    return nonFinite;
  }

  /** Whether the same step gives the same bits; empty in the short form. */
  public Optional<Repeatability> repeatability() {
    return Optional.ofNullable(repeatability);
  }

  /** The root of the failure, if a value is wrong. */
  public Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Fails if any value is wrong, a NaN is hidden, the bits are not repeatable where they must be,
   * or the truth is in doubt. Passes if, besides, every value of the batch passed on a design that
   * is blind to nothing, and was not an exact zero there. One case that was given in every number
   * never passes; it is in bounds if all of its values were compared, none is wrong and at least
   * one could be judged.
   *
   * <p>What comes of infinite inputs and weights does not count: no derivative exists there, so
   * that nothing can be right or wrong. {@link #undefined} says how many such cases there were.
   */
  public Verdict verdict() {
    boolean wrong = failed() > 0 || referenceFailed() > 0 || contradicted() > 0;
    boolean hidesNaN = nonFinite.stream().anyMatch(r -> r.verdict() == Verdict.FAIL);
    boolean unrepeatable =
        repeatability != null && repeatability.verdict(subject.device()) == Verdict.FAIL;
    if (wrong || hidesNaN || unrepeatable) {
      return Verdict.FAIL;
    }
    if (ofGivenCase) {
      boolean inBounds = skipped() == 0 && inconclusive() < checked();
      return inBounds ? Verdict.IN_BOUNDS : Verdict.INCONCLUSIVE;
    }
    return unproven().isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
  }

  /** The values of the batch that passed in no design that can show every fault. */
  public List<String> unproven() {
    Map<Stage, Set<String>> passed = new HashMap<>();
    for (DesignResult result : results) {
      if (result.blindTo().isEmpty()) {
        for (StageResult stage : result.stages()) {
          passed.computeIfAbsent(stage.stage(), any -> new HashSet<>()).addAll(stage.passed());
        }
      }
    }
    return Stage.all(network()).stream()
        .filter(stage -> !stage.isPerSample())
        .flatMap(
            stage ->
                IntStream.range(0, stage.size(network(), 1))
                    .mapToObj(i -> stage.name(network(), i))
                    .filter(name -> !passed.getOrDefault(stage, Set.of()).contains(name))
                    .map(name -> name + " (" + stage + ")"))
        .toList();
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

  /**
   * In how many cases of {@link #nonFinite} a finite loss came with a gradient that is not, where
   * no derivative exists to judge it by.
   */
  public int undefined() {
    return (int) nonFinite.stream().filter(r -> r.verdict() == Verdict.INCONCLUSIVE).count();
  }

  /** How many of the reference's values are wrong. */
  public int referenceFailed() {
    return total(StageResult::referenceFailed);
  }

  /** How many values were left out, since the step before had left no finite weights. */
  public int skipped() {
    return results.stream().mapToInt(result -> result.skipped(network())).sum();
  }

  /** How many of the true derivatives an independent derivative agrees with. */
  public int confirmed() {
    return results.stream().mapToInt(DesignResult::confirmed).sum();
  }

  /** How many of them it does not agree with. */
  public int contradicted() {
    return results.stream().mapToInt(DesignResult::contradicted).sum();
  }

  /** How many values are as far from the truth as a floor is that they meet by definition. */
  public int atFloor() {
    return total(StageResult::atFloor);
  }

  /** The largest error in units of its bound, of values that are not at a floor. */
  public double worstErrorOverBound() {
    return stages().mapToDouble(StageResult::worstErrorOverBound).reduce(0, Math::max);
  }

  /** The earliest stage that went wrong in any design; what follows it may be its consequence. */
  public Optional<Stage> firstWrongStage() {
    return firstWrongStage(results);
  }

  static Optional<Stage> firstWrongStage(List<DesignResult> results) {
    return results.stream()
        .flatMap(result -> result.firstWrong().stream())
        .map(StageResult::stage)
        .min(Comparator.naturalOrder());
  }

  /**
   * Insists on a pass.
   *
   * @throws GradientMismatchException if the gradients are wrong
   * @throws NotCertifiedException if not all of them could be judged
   */
  public void requirePass() {
    switch (verdict()) {
      case PASS -> {}
      case FAIL -> throw new GradientMismatchException(this);
      case IN_BOUNDS, INCONCLUSIVE -> throw new NotCertifiedException(this);
    }
  }

  private Stream<StageResult> stages() {
    return results.stream().flatMap(result -> result.stages().stream());
  }

  private int total(ToIntFunction<StageResult> count) {
    return results.stream().mapToInt(result -> result.total(count)).sum();
  }
}
