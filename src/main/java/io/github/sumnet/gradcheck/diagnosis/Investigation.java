package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import io.github.sumnet.gradcheck.arithmetic.RoundedArithmetic;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.SmallestCase;
import io.github.sumnet.gradcheck.step.Confirmation;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
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
        shown.design().parameters(),
        shown.design().steps().subList(0, shown.step() + 1),
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
    DenseNetwork network = evidence.network();
    double[] worst = new double[evidence.truth().size()];
    for (Stage each : perSample(network)) {
      double[] seen = evidence.seen().at(each);
      for (int i = 0; i < seen.length; i++) {
        double error = evidence.truth().inDoubleDouble(each)[i].distance(seen[i]);
        double ratio = error == 0 ? 0 : error / evidence.bounds().get(each)[i];
        int sample = each.sample(network, i);
        worst[sample] = Math.max(worst[sample], Double.isNaN(ratio) ? Double.MAX_VALUE : ratio);
      }
    }
    int sample = 0;
    for (int i = 1; i < worst.length; i++) {
      sample = worst[i] > worst[sample] ? i : sample;
    }
    double[] row = evidence.samples().rows().get(sample);
    return new WorstSample(
        sample, network.inputs(), row.clone(), values(evidence, network, sample));
  }

  private static List<Stage> perSample(DenseNetwork network) {
    return Stage.all(network).stream().filter(Stage::isPerSample).toList();
  }

  private static List<WorstSample.Value> values(
      Evidence evidence, DenseNetwork network, int sample) {
    List<WorstSample.Value> values = new ArrayList<>();
    for (Stage each : perSample(network)) {
      int size = each.size(network, 1);
      for (int i = sample * size; i < (sample + 1) * size; i++) {
        values.add(
            new WorstSample.Value(
                each.name(network, i),
                evidence.seen().at(each)[i],
                DoubleDouble.toDouble(evidence.truth().at(each).get(i))));
      }
    }
    for (int layer = 1; layer <= network.depth(); layer++) {
      addSlopes(evidence, network, sample, layer, values);
    }
    return values;
  }

  /** The activations' derivatives, as they follow from the z and a that were seen. */
  private static void addSlopes(
      Evidence evidence,
      DenseNetwork network,
      int sample,
      int layer,
      List<WorstSample.Value> values) {
    Activation activation = network.layer(layer).activation();
    if (activation == Activation.SOFTMAX) {
      return;
    }
    RoundedArithmetic math = new RoundedArithmetic(Precision.DOUBLE);
    double[] forward = evidence.seen().at(Stage.forward(layer));
    int units = network.units(layer);
    for (int j = 0; j < units; j++) {
      double z = forward[2 * sample * units + j];
      double a = forward[(2 * sample + 1) * units + j];
      boolean isOutput = layer == network.depth();
      String number = isOutput && units == 1 ? "" : String.valueOf(j + 1);
      values.add(
          new WorstSample.Value(
              (isOutput ? "slopeOutput" : "slope") + number,
              math.slope(activation, z, a),
              evidence.truth().slope(layer, sample, j).doubleValue()));
    }
  }
}
