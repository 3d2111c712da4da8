package io.github.sumnet.gradcheck;

import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out about a failed check: the smallest batch that shows it, the worst sample, the cause.
 */
final class Investigation {
  /** Designs that the cause has to explain: patterns show best in small ones. */
  private static final int MOST_EVIDENCE = 8;

  private final Judge judge;
  private final Subject subject;
  private final Stage stage;

  private Investigation(Judge judge, Subject subject, Stage stage) {
    this.judge = judge;
    this.subject = subject;
    this.stage = stage;
  }

  /**
   * Investigates designs in which this stage is the first wrong one.
   *
   * @param failing at least one
   */
  static Failure of(Judge judge, Subject subject, Stage stage, List<Design> failing)
      throws InterruptedException {
    return new Investigation(judge, subject, stage).of(failing);
  }

  private Failure of(List<Design> failing) throws InterruptedException {
    List<Design> smallestFirst =
        failing.stream().sorted(Comparator.comparingInt(Investigation::size)).toList();
    List<Evidence> evidence = new ArrayList<>();
    for (Design design : differing(smallestFirst)) {
      evidence.add(failingStep(judge.watch(design, subject)));
    }
    Design first = smallestFirst.get(0);
    Design smallest =
        SmallestCase.of(first, design -> failingStep(judge.watch(design, subject)) != null);
    List<Evidence> steps = judge.watch(smallest, subject);
    Evidence root = failingStep(steps);
    int step = steps.indexOf(root);
    List<StageResult> stages = judge.compare(step, root);
    return new Failure(
        stage,
        first.name(),
        Hypotheses.explain(stage, evidence),
        smallest.weights(),
        smallest.steps().subList(0, step + 1).stream()
            .map(chunks -> chunks.stream().map(Batches::samples).toList())
            .toList(),
        step,
        components(stages, stage),
        components(stages, Stage.MEAN),
        Witness.of(root).derivatives(),
        worstSample(root));
  }

  private static List<Component> components(List<StageResult> stages, Stage of) {
    return stages.stream()
        .filter(result -> result.stage() == of)
        .findFirst()
        .orElseThrow()
        .components();
  }

  /** The smallest of each size: in a batch of one sample many faults look alike. */
  private static List<Design> differing(List<Design> smallestFirst) {
    Map<List<Integer>, Design> bySizes = new LinkedHashMap<>();
    smallestFirst.forEach(design -> bySizes.putIfAbsent(design.samples(), design));
    return bySizes.values().stream().limit(MOST_EVIDENCE).toList();
  }

  private static int size(Design design) {
    return design.samples().stream().mapToInt(Integer::intValue).sum();
  }

  /** The first step in which the stage is the first wrong one, or null. */
  private Evidence failingStep(List<Evidence> steps) {
    for (int step = 0; step < steps.size(); step++) {
      for (StageResult result : judge.compare(step, steps.get(step))) {
        if (result.isWrong()) {
          return result.stage() == stage ? steps.get(step) : null;
        }
      }
    }
    return null;
  }

  /** The sample whose values are furthest from the truth, in units of their bounds. */
  private static WorstSample worstSample(Evidence evidence) {
    Topology topology = evidence.before().topology();
    double[] worst = new double[evidence.truth().passes().size()];
    for (Stage each : Stage.values()) {
      double[] seen = evidence.seen().at(each);
      for (int i = 0; each.isPerSample() && i < seen.length; i++) {
        double error = Nearby.of(evidence.truth().at(each)[i]).distance(seen[i]);
        double ratio = error == 0 ? 0 : error / evidence.bounds().get(each)[i];
        int sample = each.sample(topology, i);
        worst[sample] = Math.max(worst[sample], Double.isNaN(ratio) ? Double.MAX_VALUE : ratio);
      }
    }
    int sample = 0;
    for (int i = 1; i < worst.length; i++) {
      sample = worst[i] > worst[sample] ? i : sample;
    }
    double[] inputs = Batches.samples(Batches.joined(evidence.chunks())).get(sample);
    return new WorstSample(
        sample, inputs[0], inputs[1], inputs[2], values(evidence, topology, sample));
  }

  private static List<WorstSample.Value> values(Evidence evidence, Topology topology, int sample) {
    List<WorstSample.Value> values = new ArrayList<>();
    ExactPass pass = evidence.truth().passes().get(sample);
    for (Stage each : Stage.values()) {
      if (each.isPerSample()) {
        int size = each.size(topology, 1);
        for (int i = sample * size; i < (sample + 1) * size; i++) {
          values.add(
              new WorstSample.Value(
                  each.name(topology, i),
                  evidence.seen().at(each)[i],
                  evidence.truth().at(each)[i].doubleValue()));
        }
      }
    }
    double[] forward = evidence.seen().at(Stage.HIDDEN_FORWARD);
    for (int j = 0; j < topology.hidden(); j++) {
      double a = forward[(2 * sample + 1) * topology.hidden() + j];
      values.add(
          new WorstSample.Value("slope" + (j + 1), a * (1 - a), pass.slope().get(j).doubleValue()));
    }
    double prediction = evidence.seen().at(Stage.OUTPUT_FORWARD)[2 * sample + 1];
    values.add(
        new WorstSample.Value(
            "slopeOutput", prediction * (1 - prediction), pass.outputSlope().doubleValue()));
    return values;
  }
}
