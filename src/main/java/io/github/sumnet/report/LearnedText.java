package io.github.sumnet.report;

import io.github.sumnet.data.InputBounds;
import io.github.sumnet.report.chart.ShortNumberFormat;
import io.github.sumnet.train.Evaluation;
import java.nio.file.Path;
import java.util.Locale;

/** What a network learned, in a sentence. */
final class LearnedText {
  private LearnedText() {}

  /**
   * What was learned and how well.
   *
   * @param data the file of the samples that were trained on; null if they were generated
   * @param inputs where their inputs lie
   * @param heldOut how well the network does on samples that were not trained on
   */
  static String sentence(Path data, InputBounds inputs, Evaluation heldOut) {
    return String.format(
        Locale.ROOT,
        "Learned %s to ± %.2g on %s (root mean squared error over %,d samples that were not trained"
            + " on; largest error %.2g).",
        data == null ? "x1 + x2" : "the targets of " + data,
        heldOut.rmse(),
        inputs(inputs),
        heldOut.samples(),
        heldOut.largestError());
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
