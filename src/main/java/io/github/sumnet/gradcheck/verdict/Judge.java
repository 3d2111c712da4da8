package io.github.sumnet.gradcheck.verdict;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.arithmetic.BoundedArithmetic;
import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import io.github.sumnet.gradcheck.arithmetic.RoundedArithmetic;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.step.Confirmation;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.ExpectedStep;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.step.TrainingStep;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Compares what a subject computes with the truth, stage by stage. */
public final class Judge {
  /** Comparisons that are kept of a stage of the batch, and of one that has values per sample. */
  private static final int KEPT_OF_BATCH = 100;

  private static final int KEPT_OF_SAMPLES = 3;

  /**
   * Samples times hidden units of a design's first step up to which an independent derivative is
   * affordable.
   */
  private static final int WORTH_A_WITNESS = 16;

  private final Precision precision;
  private final BoundedArithmetic model;
  private final BoundedArithmetic referenceModel =
      BoundedArithmetic.of(Precision.DOUBLE, Device.CPU);
  private final double rate;

  /** Designs whose first steps' truths are kept. */
  private final Set<Design> recurring;

  private final Map<Design, CompletableFuture<ExpectedStep>> firstSteps = new ConcurrentHashMap<>();

  private final IdentityHashMap<ExpectedStep, Confirmation> witnesses = new IdentityHashMap<>();

  /** Judges values of this engine, by the rounding of its precision and operations. */
  public Judge(EngineSpec engine) {
    this(engine.precision(), BoundedArithmetic.of(engine), List.of());
  }

  /** A judge of the textbook's operations in this precision, as this device rounds. */
  public Judge(Precision precision, Device device) {
    this(precision, device, List.of());
  }

  /**
   * A judge of several subjects.
   *
   * @param recurring designs that each of them will be judged on: the truth about their first steps
   *     is worked out once
   */
  public Judge(Precision precision, Device device, List<Design> recurring) {
    this(precision, BoundedArithmetic.of(precision, device), recurring);
  }

  private Judge(Precision precision, BoundedArithmetic model, List<Design> recurring) {
    this.precision = precision;
    this.model = model;
    this.recurring = Set.copyOf(recurring);
    rate = precision.round(Subject.LEARNING_RATE);
  }

  /**
   * A judge of this engine that begins to work out the truths about the designs' first steps, in
   * the background.
   */
  public static Judge ahead(EngineSpec engine, List<Design> designs) {
    Judge judge = new Judge(engine.precision(), BoundedArithmetic.of(engine), designs);
    for (Design design : designs) {
      judge.firstSteps.put(
          design, CompletableFuture.supplyAsync(() -> judge.truthOfFirstStep(design)));
    }
    return judge;
  }

  /** Lets the subject take the design's steps and judges what it computes. */
  public DesignResult judge(Design design, Subject subject) throws InterruptedException {
    return judge(design, watch(design, subject));
  }

  /**
   * Judges what was computed.
   *
   * @param steps the design's, as they were watched
   */
  public DesignResult judge(Design design, List<Evidence> steps) {
    List<StageResult> stages = new ArrayList<>();
    int confirmed = 0;
    int contradicted = 0;
    for (int step = 0; step < steps.size(); step++) {
      Evidence evidence = steps.get(step);
      stages.addAll(compare(step, evidence));
      int units = evidence.network().allUnits() - evidence.network().outputs();
      if (step == 0 && evidence.truth().size() * units <= WORTH_A_WITNESS) {
        Confirmation confirmation = confirmation(evidence);
        confirmed += confirmation.confirmed();
        contradicted += confirmation.contradicted();
      }
    }
    return new DesignResult(
        design.name(), design.samples(), design.blindTo(), stages, confirmed, contradicted);
  }

  private Confirmation confirmation(Evidence evidence) {
    boolean comesAgain =
        firstSteps.values().stream().anyMatch(first -> first.getNow(null) == evidence.truth());
    return comesAgain
        ? witnesses.computeIfAbsent(evidence.truth(), any -> Confirmation.of(evidence))
        : Confirmation.of(evidence);
  }

  /** What the subject computes in the design's steps, beside the truth. */
  public List<Evidence> watch(Design design, Subject subject) throws InterruptedException {
    List<Evidence> steps = new ArrayList<>();
    double[] parameters = design.parameters();
    Evidence previous = null;
    subject.begin(parameters);
    for (Samples samples : design.steps()) {
      Observation seen = subject.step(samples);
      ExpectedStep truth =
          previous == null
              ? firstStep(design)
              : ExpectedStep.of(design.network(), parameters, samples, rate);
      Map<Stage, double[]> bounds = truth.bounds(model, parameters, samples, rate);
      previous = new Evidence(parameters, samples, truth, bounds, seen, previous, rate, precision);
      steps.add(previous);
      parameters = seen.at(Stage.UPDATE);
      if (!Arrays.stream(parameters).allMatch(Double::isFinite)) {
        break;
      }
    }
    return steps;
  }

  private ExpectedStep firstStep(Design design) {
    return recurring.contains(design)
        ? firstSteps
            .computeIfAbsent(
                design, any -> CompletableFuture.completedFuture(truthOfFirstStep(any)))
            .join()
        : truthOfFirstStep(design);
  }

  private ExpectedStep truthOfFirstStep(Design design) {
    return ExpectedStep.of(design.network(), design.parameters(), design.steps().get(0), rate);
  }

  /** The step's values stage by stage. */
  public List<StageResult> compare(int step, Evidence evidence) {
    DenseNetwork network = evidence.network();
    Samples joined = evidence.samples().joined();
    Observation reference =
        Observation.of(
            TrainingStep.of(
                    new RoundedArithmetic(Precision.DOUBLE),
                    network,
                    evidence.before(),
                    joined,
                    rate)
                .run());
    Map<Stage, double[]> referenceBounds =
        evidence.truth().bounds(referenceModel, evidence.before(), joined, rate);
    Map<Stage, double[]> withoutFloor = withoutFloor(model, evidence);
    boolean finiteLoss = Double.isFinite(evidence.seen().at(Stage.LOSS)[0]);
    List<StageResult> results = new ArrayList<>();
    for (Stage stage : Stage.all(network)) {
      List<BigDecimal> exact = evidence.truth().at(stage);
      DoubleDouble[] inDoubleDouble = evidence.truth().inDoubleDouble(stage);
      List<Component> components = new ArrayList<>(exact.size());
      for (int i = 0; i < exact.size(); i++) {
        double value = evidence.seen().at(stage)[i];
        double referenceValue = reference.at(stage)[i];
        // Training watches the loss: a finite one must not hide that the gradient is not.
        boolean hidden = finiteLoss && !Double.isFinite(value) && stage.compareTo(Stage.LOSS) > 0;
        double bound = evidence.bounds().get(stage)[i];
        components.add(
            new Component(
                stage.name(network, i),
                stage.sample(network, i),
                stage.parameter(network, i),
                value,
                referenceValue,
                exact.get(i),
                inDoubleDouble[i].distance(value),
                hidden ? 0 : bound * BoundedArithmetic.SLACK,
                !hidden && isFloor(bound, withoutFloor.get(stage)[i]),
                inDoubleDouble[i].distance(referenceValue),
                referenceBounds.get(stage)[i] * BoundedArithmetic.SLACK));
      }
      results.add(result(stage, step, components));
    }
    return results;
  }

  /** The bounds as they would be if no result had a floor. */
  private static Map<Stage, double[]> withoutFloor(BoundedArithmetic model, Evidence evidence) {
    BoundedArithmetic floorless = model.withoutFloor();
    return floorless == model ? evidence.bounds() : evidence.bounds(floorless);
  }

  /** Whether a floor is most of a bound. */
  public static boolean isFloor(double bound, double withoutFloor) {
    return bound > 2 * withoutFloor;
  }

  private static StageResult result(Stage stage, int step, List<Component> components) {
    int failed = 0;
    int inconclusive = 0;
    int atFloor = 0;
    int referenceFailed = 0;
    double worst = 0;
    Set<String> passed = new HashSet<>();
    for (Component c : components) {
      Verdict verdict = c.verdict();
      failed += verdict == Verdict.FAIL ? 1 : 0;
      inconclusive += verdict == Verdict.INCONCLUSIVE ? 1 : 0;
      referenceFailed += c.referenceVerdict() == Verdict.FAIL ? 1 : 0;
      boolean metByDefinition = c.atFloor() && verdict != Verdict.FAIL;
      atFloor += metByDefinition ? 1 : 0;
      worst = metByDefinition ? worst : Math.max(worst, c.errorOverBound());
      // What was never computed is an exact zero as well: it proves nothing.
      if (verdict == Verdict.PASS && !stage.isPerSample() && c.truth().signum() != 0) {
        passed.add(c.name());
      }
    }
    return new StageResult(
        stage,
        step,
        components.size(),
        failed,
        inconclusive,
        atFloor,
        referenceFailed,
        worst,
        Set.copyOf(passed),
        kept(stage, components));
  }

  private static List<Component> kept(Stage stage, List<Component> components) {
    int limit = stage.isPerSample() ? KEPT_OF_SAMPLES : KEPT_OF_BATCH;
    if (components.size() <= limit) {
      return List.copyOf(components);
    }
    Comparator<Component> wrongLast = Comparator.comparing(c -> c.verdict() == Verdict.FAIL);
    Comparator<Component> worstLast =
        wrongLast.thenComparing(Comparator.comparingDouble(Component::errorOverBound));
    Queue<Component> worst = new PriorityQueue<>(worstLast);
    for (Component component : components) {
      worst.add(component);
      if (worst.size() > limit) {
        worst.remove();
      }
    }
    return worst.stream().sorted(worstLast.reversed()).toList();
  }
}
