package io.github.sumnet.report.run;

import io.github.sumnet.data.Count;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.network.Topology;
import io.github.sumnet.report.chart.ShortNumberFormat;
import io.github.sumnet.train.Evaluation;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a network learned and how well, beside what the targets' mean would do as the answer to
 * everything, and the best that the network can do where that is known.
 *
 * @param data the file of the samples that were trained on; null if they were generated
 * @param inputs where their inputs lie
 * @param heldOut how well the network does on samples that were not trained on
 */
record LearnedText(Path data, InputBounds inputs, Topology topology, Evaluation heldOut) {
  /**
   * The smallest half mean squared error over [0, ½)² that minimisation by BFGS found for the
   * default network, from 60 random starts on 1,600 points of Gauss and Legendre.
   */
  private static final double BEST_OF_DEFAULT = 9.60e-5;

  /** From how many times the best loss on something is learned only in part. */
  private static final double FAR_FROM_BEST = 10;

  /**
   * From which share of the mean's loss on that is said where the best is not known: the network
   * explains less than three quarters of the targets' variance.
   */
  private static final double NEAR_THE_MEAN = 0.25;

  private boolean isBestKnown() {
    return data == null
        && topology.equals(Topology.DEFAULT)
        && inputs.equals(InputBounds.of(InputRange.DEFAULT));
  }

  private boolean isInPart() {
    return isBestKnown()
        ? heldOut.loss() > FAR_FROM_BEST * BEST_OF_DEFAULT
        : heldOut.meanLoss() > 0 && heldOut.loss() > NEAR_THE_MEAN * heldOut.meanLoss();
  }

  /** Whether another training may well do better. */
  boolean isUnsatisfactory() {
    return heldOut.isNoBetterThanMean() || isInPart();
  }

  String text() {
    String what = data == null ? "x1 + x2" : "the targets of " + data;
    return String.format(
        Locale.ROOT,
        "%s to ± %.2g on %s (root mean squared error over %s that training did not see; largest"
            + " error %.2g). %s ± %.2g%s.%s",
        achievement(what),
        heldOut.rmse(),
        inputs(inputs),
        Count.of(heldOut.samples(), "sample"),
        heldOut.largestError(),
        heldOut.isNoBetterThanMean()
            ? "That is no better than to predict the mean of all targets every time:"
            : "Predicting the mean of all targets every time would be",
        heldOut.meanRmse(),
        isBestKnown()
            ? String.format(
                Locale.ROOT,
                "; the best that this network can do is ± %.2g",
                Math.sqrt(2 * BEST_OF_DEFAULT))
            : "",
        isUnsatisfactory() ? losses() : "");
  }

  private String achievement(String what) {
    if (heldOut.isNoBetterThanMean()) {
      return "Did not learn " + what + ": predicts it";
    }
    return isInPart() ? "Learned " + what + " only in part: predicts it" : "Learned " + what;
  }

  private String losses() {
    return String.format(
        Locale.ROOT,
        " In half mean squared errors: %.3g, the mean %.3g%s.",
        heldOut.loss(),
        heldOut.meanLoss(),
        isBestKnown() ? String.format(Locale.ROOT, ", the best %.3g", BEST_OF_DEFAULT) : "");
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
