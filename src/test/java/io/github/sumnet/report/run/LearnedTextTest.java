package io.github.sumnet.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.network.Topology;
import io.github.sumnet.train.Evaluation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a result is called. */
class LearnedTextTest {
  private static final double MEAN_LOSS = 0.0208;

  @ParameterizedTest
  @CsvSource({
    "1.6e-4, Learned x1 + x2 to ± 0.018, false",
    "9.5e-4, Learned x1 + x2 to ± 0.044, false",
    "9.7e-4, Learned x1 + x2 only in part: predicts it to ± 0.044, true",
    "0.0112, Learned x1 + x2 only in part: predicts it to ± 0.15, true",
    "0.0190, Did not learn x1 + x2: predicts it to ± 0.19, true"
  })
  void ten_times_the_best_loss_is_not_called_learned(
      double loss, String beginning, boolean unsatisfactory) {
    LearnedText text = text(null, loss);

    assertThat(text.text()).startsWith(beginning + " on inputs from 0 to 0.5 (");
    assertThat(text.isUnsatisfactory()).isEqualTo(unsatisfactory);
    assertThat(text.text().contains("In half mean squared errors: ")).isEqualTo(unsatisfactory);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0050, Learned the targets of a.npy to ± 0.10",
    "0.0112, Learned the targets of a.npy only in part: predicts it to ± 0.15"
  })
  void where_the_best_is_not_known_the_mean_is_what_a_loss_is_compared_with(
      double loss, String beginning) {
    assertThat(text(Path.of("a.npy"), loss).text()).startsWith(beginning).doesNotContain("best");
  }

  @Test
  void a_stalled_run_is_shown_beside_the_mean_and_the_best() {
    assertThat(text(null, 0.0112).text())
        .endsWith(
            "Predicting the mean of all targets every time would be ± 0.20; the best that this"
                + " network can do is ± 0.014. In half mean squared errors: 0.0112, the mean 0.0208,"
                + " the best 9.60e-05.");
  }

  private static LearnedText text(Path data, double loss) {
    return new LearnedText(
        data,
        InputBounds.of(InputRange.DEFAULT),
        Topology.DEFAULT,
        new Evaluation(loss, MEAN_LOSS, 0.5, 65_536));
  }
}
