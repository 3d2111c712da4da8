package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.arithmetic.RoundingModel;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.diagnosis.AlternativeStep;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A network and the designs that tell faults apart: the short form's, saturation, and a large
 * batch.
 */
public final class Watched {
  private static final double RATE = Subject.LEARNING_RATE;
  private static final Map<String, List<Design>> DESIGNS = new ConcurrentHashMap<>();

  /** Every mutant starts from the same weights: their first step's truth is worked out once. */
  private static final Map<Design, ExpectedStep> FIRST_STEPS = new ConcurrentHashMap<>();

  private final Precision precision;
  private final RoundingModel model;
  private final List<Design> designs;

  public Watched(Topology topology, Precision precision) {
    this.precision = precision;
    model = new RoundingModel(precision, 1);
    designs =
        DESIGNS.computeIfAbsent(topology + " " + precision, key -> designs(topology, precision));
  }

  private static List<Design> designs(Topology topology, Precision precision) {
    return Stream.concat(
            Designs.of(Form.SHORT, topology, precision, 1).stream(),
            Designs.of(Form.FULL, topology, precision, 1).stream()
                .filter(
                    design ->
                        design.name().contains("saturation")
                            || design.name().startsWith("2,047 samples")))
        .toList();
  }

  public List<Design> designs() {
    return designs;
  }

  /** All steps that the subject takes. */
  public List<Evidence> steps(Subject subject) throws InterruptedException {
    List<Evidence> steps = new ArrayList<>();
    for (Design design : designs) {
      steps.addAll(steps(design, subject));
    }
    return steps;
  }

  private List<Evidence> steps(Design design, Subject subject) throws InterruptedException {
    List<Evidence> steps = new ArrayList<>();
    Weights weights = design.weights();
    double rate = precision.round(RATE);
    Evidence previous = null;
    subject.begin(weights);
    for (List<Batch> chunks : design.steps()) {
      Weights before = weights;
      ExpectedStep truth =
          previous == null
              ? FIRST_STEPS.computeIfAbsent(design, d -> ExpectedStep.of(before, chunks, rate))
              : ExpectedStep.of(before, chunks, rate);
      Map<Stage, double[]> bounds = ErrorBound.of(model, before, chunks, truth, rate);
      Observation seen = subject.step(chunks);
      previous = new Evidence(before, chunks, truth, bounds, seen, previous, rate, precision);
      steps.add(previous);
      weights = Weights.of(before.topology(), seen.at(Stage.UPDATE));
      if (!weights.isFinite()) {
        break;
      }
    }
    return steps;
  }

  /** The first stage with a wrong value in any step. */
  public static Optional<Stage> firstWrong(List<Evidence> steps) {
    return steps.stream().flatMap(step -> firstWrong(step).stream()).min(Comparator.naturalOrder());
  }

  /** The steps in which the stage is the first wrong one. */
  public static List<Evidence> failing(Stage stage, List<Evidence> steps) {
    return steps.stream()
        .filter(step -> firstWrong(step).filter(wrong -> wrong == stage).isPresent())
        .toList();
  }

  private static Optional<Stage> firstWrong(Evidence step) {
    AlternativeStep values = new AlternativeStep(step);
    return Stream.of(Stage.values()).filter(stage -> values.wrong(stage).length > 0).findFirst();
  }
}
