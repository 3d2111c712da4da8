package io.github.sumnet.gradcheck.step;

import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.diagnosis.FailingStage;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
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
  private static final Map<String, List<Design>> DESIGNS = new ConcurrentHashMap<>();

  /** Every fault starts from the same weights: their first step's truth is worked out once. */
  private static final Map<String, Judge> JUDGES = new ConcurrentHashMap<>();

  private final Judge judge;
  private final List<Design> designs;

  public Watched(Topology topology, Precision precision) {
    designs =
        DESIGNS.computeIfAbsent(topology + " " + precision, key -> designs(topology, precision));
    judge =
        JUDGES.computeIfAbsent(
            topology + " " + precision, key -> new Judge(precision, Device.CPU, designs));
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
      steps.addAll(judge.watch(design, subject));
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
        .filter(step -> firstWrong(step).filter(stage::equals).isPresent())
        .toList();
  }

  private static Optional<Stage> firstWrong(Evidence step) {
    return Stage.all(step.network()).stream()
        .filter(stage -> new FailingStage(step, stage).wrong().length > 0)
        .findFirst();
  }
}
