package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.SmallestCase;
import io.github.sumnet.gradcheck.step.Batches;
import io.github.sumnet.gradcheck.step.Confirmation;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.ExactPass;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out about a failed check: the smallest batch that shows it, the worst sample, the cause.
 */
public final class Investigation {
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
   * Investigates runs in which this stage was the first wrong one. What they showed is evidence
   * enough, whether or not it shows again.
   *
   * @param firstWrongSteps at least one
   */
  public static Failure of(
      Judge judge, Subject subject, Stage stage, List<FirstWrongStep> firstWrongSteps)
      throws InterruptedException {
    return new Investigation(judge, subject, stage).of(firstWrongSteps);
  }

  private Failure of(List<FirstWrongStep> firstWrongSteps) throws InterruptedException {
    List<FirstWrongStep> smallestFirst =
        firstWrongSteps.stream().sorted(Comparator.comparingInt(s -> s.design().size())).toList();
    FirstWrongStep first = smallestFirst.get(0);
    FirstWrongStep smallest = smallest(first.design());
    FirstWrongStep shown = smallest == null ? first : smallest;
    return new Failure(
        stage,
        first.design().name(),
        smallest != null,
        Hypotheses.explain(stage, differing(smallestFirst)),
        shown.design().weights(),
        shown.design().steps().subList(0, shown.step() + 1).stream()
            .map(chunks -> chunks.stream().map(Batches::samples).toList())
            .toList(),
        shown.step(),
        shown.components(stage),
        shown.components(Stage.MEAN),
        Confirmation.of(shown.evidence()).derivatives(),
        worstSample(shown.evidence()));
  }

  /** The failure on as few samples as still show it; null if it does not show whenever asked. */
  private FirstWrongStep smallest(Design design) throws InterruptedException {
    if (firstWrongStep(design) == null) {
      return null;
    }
    return firstWrongStep(SmallestCase.of(design, candidate -> firstWrongStep(candidate) != null));
  }

  private FirstWrongStep firstWrongStep(Design design) throws InterruptedException {
    return FirstWrongStep.of(judge, stage, design, judge.watch(design, subject));
  }

  /** The smallest of each size: in a batch of one sample many faults look alike. */
  private static List<Evidence> differing(List<FirstWrongStep> smallestFirst) {
    Map<List<Integer>, Evidence> bySizes = new LinkedHashMap<>();
    smallestFirst.forEach(s -> bySizes.putIfAbsent(s.design().samples(), s.evidence()));
    return bySizes.values().stream().limit(MOST_EVIDENCE).toList();
  }

  /** The sample whose values are furthest from the truth, in units of their bounds. */
  private static WorstSample worstSample(Evidence evidence) {
    Topology topology = evidence.before().topology();
    double[] worst = new double[evidence.truth().passes().size()];
    for (Stage each : Stage.values()) {
      double[] seen = evidence.seen().at(each);
      for (int i = 0; each.isPerSample() && i < seen.length; i++) {
        double error = DoubleDouble.of(evidence.truth().at(each)[i]).distance(seen[i]);
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
