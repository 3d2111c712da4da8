package io.github.sumnet.report.run;

import io.github.sumnet.data.Count;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.network.Topology;
import io.github.sumnet.report.chart.ShortNumberFormat;
import io.github.sumnet.train.Evaluation;
import java.nio.file.Path;
import java.util.Locale;

/** What a network learned, in sentences. */
final class LearnedText {
  /**
   * The smallest half mean squared error over [0, ½)² that minimisation by BFGS found for the
   * default network, from 60 random starts on 1,600 points of Gauss and Legendre.
   */
  private static final double BEST_OF_DEFAULT = 9.60e-5;

  private LearnedText() {}

  /**
   * What was learned and how well, beside what the targets' mean would do as the answer to
   * everything, and the best that the network can do where that is known.
   *
   * @param data the file of the samples that were trained on; null if they were generated
   * @param inputs where their inputs lie
   * @param heldOut how well the network does on samples that were not trained on
   */
  static String of(Path data, InputBounds inputs, Topology topology, Evaluation heldOut) {
    String what = data == null ? "x1 + x2" : "the targets of " + data;
    boolean known =
        data == null
            && topology.equals(Topology.DEFAULT)
            && inputs.equals(InputBounds.of(InputRange.DEFAULT));
    return String.format(
        Locale.ROOT,
        "%s to ± %.2g on %s (root mean squared error over %s that training did not see; largest"
            + " error %.2g). %s ± %.2g%s.",
        heldOut.isNoBetterThanMean()
            ? "Did not learn " + what + ": predicts it"
            : "Learned " + what,
        heldOut.rmse(),
        inputs(inputs),
        Count.of(heldOut.samples(), "sample"),
        heldOut.largestError(),
        heldOut.isNoBetterThanMean()
            ? "That is no better than to predict the mean of all targets every time:"
            : "Predicting the mean of all targets every time would be",
        heldOut.meanRmse(),
        known
            ? String.format(
                Locale.ROOT,
                "; the best that this network can do is ± %.2g",
                Math.sqrt(2 * BEST_OF_DEFAULT))
            : "");
  }

  /** Such as inputs from 0 to 0.5. */
  static String inputs(InputBounds inputs) {
    String x1 = range(inputs.x1Low(), inputs.x1High());
    String x2 = range(inputs.x2Low(), inputs.x2High());
    return x1.equals(x2) ? "inputs " + x1 : "x1 " + x1 + " and x2 " + x2;
  }

  private static String range(double low, double high) {
    return "from "
        + ShortNumberFormat.NUMBERS.format(low)
        + " to "
        + ShortNumberFormat.NUMBERS.format(high);
  }
}
