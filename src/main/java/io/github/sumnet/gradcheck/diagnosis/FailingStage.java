package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.BoundedArithmetic;
import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Operations;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.TrainingStep;
import io.github.sumnet.network.DenseNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One stage of a watched step, and what it would have been with a fault. The stages before it are
 * right; with a fault the stage is computed from them in bounded arithmetic, so that a suspicion
 * needs no tolerance.
 */
public final class FailingStage {
  /** The worst of the devices; here a loose bound does no harm. */
  private static final double EXP_ULPS = 2;

  /** Of a bound: the alternatives are worked out in double, whose own rounding adds to it. */
  static final double LEEWAY = 4;

  private final Evidence evidence;
  private final Stage stage;
  private final BoundedArithmetic model;
  private final double[] seen;
  private final double[] bounds;
  private final DoubleDouble[] truth;
  private final int[] wrong;
  private final TrainingStep<Approximation> step;
  private Operations tried = Operations.TEXTBOOK;

  public FailingStage(Evidence evidence, Stage stage) {
    this.evidence = evidence;
    this.stage = stage;
    model = new BoundedArithmetic(evidence.precision(), EXP_ULPS);
    seen = evidence.seen().at(stage);
    truth = evidence.truth().inDoubleDouble(stage);
    bounds = bounds(stage);
    wrong = IntStream.range(0, seen.length).filter(this::isWrong).toArray();
    step = step(evidence, previous(evidence));
    for (Stage before : Stage.all(evidence.network())) {
      if (before.compareTo(stage) < 0) {
        step.know(before, known(before));
      }
    }
  }

  private double[] bounds(Stage of) {
    return Arrays.stream(evidence.bounds().get(of))
        .map(bound -> bound * BoundedArithmetic.SLACK)
        .toArray();
  }

  private List<Approximation> known(Stage before) {
    DoubleDouble[] values = evidence.truth().inDoubleDouble(before);
    double[] errors = bounds(before);
    return IntStream.range(0, errors.length)
        .mapToObj(i -> new Approximation(values[i].high(), errors[i]))
        .toList();
  }

  /** The step before, as it was seen; null for the first. */
  private TrainingStep<Approximation> previous(Evidence evidence) {
    Evidence before = evidence.previous();
    if (before == null) {
      return null;
    }
    TrainingStep<Approximation> previous = step(before, null);
    for (Stage each : Stage.all(before.network())) {
      previous.know(
          each, Arrays.stream(before.seen().at(each)).mapToObj(Approximation::exact).toList());
    }
    return previous;
  }

  private TrainingStep<Approximation> step(
      Evidence evidence, TrainingStep<Approximation> previous) {
    return new TrainingStep<>(
        model,
        evidence.network(),
        any -> tried,
        Arrays.stream(evidence.before()).mapToObj(Approximation::exact).toList(),
        evidence.samples(),
        row -> TrainingStep.numbers(model, row),
        model.of(evidence.rate()),
        previous);
  }

  Evidence evidence() {
    return evidence;
  }

  DenseNetwork network() {
    return evidence.network();
  }

  Stage stage() {
    return stage;
  }

  BoundedArithmetic model() {
    return model;
  }

  /** The step with the stages before this one known. */
  TrainingStep<Approximation> step() {
    return step;
  }

  /** How many values the stage has. */
  int size() {
    return seen.length;
  }

  /** How far rounding can take a value. */
  double bound(int i) {
    return bounds[i];
  }

  double truth(int i) {
    return truth[i].high();
  }

  double seen(int i) {
    return seen[i];
  }

  /** |seen − truth|; infinite or NaN if what was seen is. */
  double error(int i) {
    return truth[i].distance(seen[i]);
  }

  /** Whether rounding cannot explain a value. */
  boolean isWrong(int i) {
    return bounds[i] < Double.POSITIVE_INFINITY && !(error(i) <= bounds[i]);
  }

  /** The places of the wrong values. */
  public int[] wrong() {
    return wrong;
  }

  /** Whether no value is wrong. */
  boolean isRight() {
    return wrong.length == 0;
  }

  /** What the stage's values would be with these operations. */
  List<Approximation> with(Operations operations) {
    tried = operations;
    List<Approximation> values = new ArrayList<>(step.compute(stage));
    tried = Operations.TEXTBOOK;
    return values;
  }

  /** Whether the outcome accounts for every value of the stage. */
  boolean agrees(List<Approximation> outcome) {
    return IntStream.range(0, seen.length)
        .allMatch(i -> bounds[i] == Double.POSITIVE_INFINITY || covers(outcome.get(i), seen[i]));
  }

  /** How many of the wrong values the outcome can tell from the truth. */
  long told(List<Approximation> outcome) {
    return Arrays.stream(wrong).filter(i -> !covers(outcome.get(i), truth(i))).count();
  }

  /** Whatever may have become infinite covers everything. */
  private static boolean covers(Approximation outcome, double value) {
    if (outcome.error() == Double.POSITIVE_INFINITY) {
      return true;
    }
    boolean finite = Double.isFinite(value);
    return Double.isFinite(outcome.value())
        ? finite && Math.abs(value - outcome.value()) <= LEEWAY * outcome.error()
        : !finite;
  }
}
