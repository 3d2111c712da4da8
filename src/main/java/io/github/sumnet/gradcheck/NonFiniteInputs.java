package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.XavierInit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What becomes of NaN and infinities among inputs and weights. A NaN or an infinite target must
 * show in the loss, which is what training watches. Of an infinite input or weight a sigmoid makes
 * 0 or 1, so the loss may stay finite, while 0·∞ spoils the gradient: that is counted and said, but
 * has no part in the verdict, since no derivative exists to judge by.
 */
final class NonFiniteInputs {
  private static final int POISONED = 1;

  private final Topology topology;
  private final Precision precision;
  private final Subject subject;
  private final List<NonFiniteResult> results = new ArrayList<>();

  private NonFiniteInputs(Topology topology, Precision precision, Subject subject) {
    this.topology = topology;
    this.precision = precision;
    this.subject = subject;
  }

  static List<NonFiniteResult> judge(Topology topology, Precision precision, Subject subject)
      throws InterruptedException {
    NonFiniteInputs inputs = new NonFiniteInputs(topology, precision, subject);
    String[] columns = {"x1", "x2", "y"};
    for (int column = 0; column < columns.length; column++) {
      for (double value :
          new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
        boolean mustShow = Double.isNaN(value) || columns[column].equals("y");
        inputs.add(columns[column], value, mustShow, inputs.weights(), inputs.batch(column, value));
      }
    }
    for (String weight : List.of("w11", "wh1")) {
      for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        inputs.add(
            weight, value, Double.isNaN(value), inputs.weights(weight, value), inputs.batch(0, 1));
      }
    }
    return List.copyOf(inputs.results);
  }

  private void add(String name, double value, boolean mustShow, double[] weights, Samples samples)
      throws InterruptedException {
    subject.begin(weights);
    Observation seen = subject.step(samples);
    double loss = seen.at(Stage.LOSS)[0];
    boolean finiteGradient = Arrays.stream(seen.at(Stage.MEAN)).allMatch(Double::isFinite);
    results.add(
        new NonFiniteResult(
            name + " = " + value,
            mustShow ? "a loss that is not finite" : "any",
            String.format(
                Locale.ROOT,
                "loss %s, gradient %s",
                Double.isFinite(loss) ? "finite" : loss,
                finiteGradient ? "finite" : "not finite"),
            verdict(mustShow, Double.isFinite(loss), finiteGradient)));
  }

  private static Verdict verdict(boolean mustShow, boolean finiteLoss, boolean finiteGradient) {
    if (mustShow) {
      return finiteLoss ? Verdict.FAIL : Verdict.PASS;
    }
    return finiteLoss && !finiteGradient ? Verdict.INCONCLUSIVE : Verdict.PASS;
  }

  private double[] weights() {
    return XavierInit.weights(topology, 1).map(precision::round).toArray();
  }

  private double[] weights(String name, double value) {
    double[] values = weights();
    List<String> names = topology.weightNames();
    values[name.startsWith("wh") ? names.size() - topology.hidden() : 0] = value;
    return values;
  }

  private Samples batch(int column, double value) {
    double[][] samples = {{0.5, -0.25, 0.25}, {0.75, 1, 0.5}, {-1, 0.125, 0.75}};
    samples[POISONED][column] = value;
    return Samples.of(samples);
  }
}
