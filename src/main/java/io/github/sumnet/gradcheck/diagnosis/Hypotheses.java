package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Looks for the one known fault that accounts for every wrong value of a stage in every step at
 * hand. From the numbers alone, and to within rounding: a fault that fits all steps but one is not
 * it.
 */
public final class Hypotheses {
  /** Those that say more come first, where two of them fit. */
  private static final List<Hypothesis> FIXED =
      Stream.of(FactorHypotheses.ALL, ForwardHypotheses.ALL, DeltaHypotheses.ALL, SumHypotheses.ALL)
          .flatMap(List::stream)
          .toList();

  private Hypotheses() {}

  /**
   * The cause of a stage's errors.
   *
   * @param stage the first wrong one, so that all before it are right
   * @param evidence steps in which it is wrong; others serve as a test
   */
  public static Suspicion explain(Stage stage, List<Evidence> evidence) {
    List<AlternativeStep> steps = evidence.stream().map(AlternativeStep::new).toList();
    boolean isWrong = steps.stream().anyMatch(step -> step.wrong(stage).length > 0);
    return isWrong ? firstThatFits(stage, steps) : Suspicion.of(Cause.UNKNOWN);
  }

  private static Suspicion firstThatFits(Stage stage, List<AlternativeStep> steps) {
    return when(Cause.FLUSHED, Limits::explainZeros, stage, steps)
        .or(() -> fixed(FIXED, stage, steps))
        .or(() -> LeftOut.explain(stage, steps))
        .or(() -> fixed(SumHypotheses.OF_ONE_SAMPLE, stage, steps))
        .or(() -> when(Cause.BIAS, Bias::explains, stage, steps))
        .or(() -> when(Cause.SINGLE_PRECISION, FloatRounding::explains, stage, steps))
        .or(() -> when(Cause.CLIPPED, Limits::explain, stage, steps))
        .or(() -> share(stage, steps))
        .or(() -> when(Cause.NOT_FINITE, Hypotheses::nothingIsFinite, stage, steps))
        .orElse(Suspicion.of(Cause.UNKNOWN));
  }

  private static Optional<Suspicion> fixed(
      List<Hypothesis> hypotheses, Stage stage, List<AlternativeStep> steps) {
    return hypotheses.stream()
        .filter(hypothesis -> hypothesis.explains(stage, steps))
        .map(hypothesis -> Suspicion.of(hypothesis.cause()))
        .findFirst();
  }

  private static Optional<Suspicion> share(Stage stage, List<AlternativeStep> steps) {
    return ConstantShare.ALL.stream()
        .flatMap(share -> share.explain(stage, steps).stream())
        .findFirst();
  }

  private static Optional<Suspicion> when(
      Cause cause,
      BiPredicate<Stage, List<AlternativeStep>> fits,
      Stage stage,
      List<AlternativeStep> steps) {
    return fits.test(stage, steps) ? Optional.of(Suspicion.of(cause)) : Optional.empty();
  }

  private static boolean nothingIsFinite(Stage stage, List<AlternativeStep> steps) {
    return steps.stream()
        .allMatch(
            step ->
                Arrays.stream(step.wrong(stage))
                    .noneMatch(i -> Double.isFinite(step.seen(stage, i))));
  }
}
