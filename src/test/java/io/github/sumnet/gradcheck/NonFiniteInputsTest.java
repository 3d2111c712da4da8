package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.gradcheck.step.Misreporting;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonFiniteInputsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void a_textbook_shows_what_must_show(int hidden) throws InterruptedException {
    List<NonFiniteResult> results = judge(hidden, textbook(hidden));
    assertThat(results)
        .extracting(NonFiniteResult::input)
        .containsExactly(
            "x1 = NaN",
            "x1 = Infinity",
            "x1 = -Infinity",
            "x2 = NaN",
            "x2 = Infinity",
            "x2 = -Infinity",
            "y = NaN",
            "y = Infinity",
            "y = -Infinity",
            "w11 = NaN",
            "w11 = Infinity",
            "wh1 = NaN",
            "wh1 = Infinity");
    assertThat(results).noneMatch(result -> result.verdict() == Verdict.FAIL);
    assertThat(results)
        .filteredOn(result -> result.input().matches(".*NaN|y = .*"))
        .hasSize(7)
        .allMatch(result -> result.verdict() == Verdict.PASS)
        .allMatch(result -> result.found().matches("loss (NaN|Infinity), gradient not finite"))
        .allMatch(result -> result.expected().equals("a loss that is not finite"));
    // A saturated unit: 0·∞ spoils the gradient behind a loss that is finite.
    assertThat(results.get(1).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(results.get(1).found()).isEqualTo("loss finite, gradient not finite");
  }

  @Test
  void a_loss_that_stays_finite_whatever_comes_is_wrong() throws InterruptedException {
    int hidden = 2;
    List<NonFiniteResult> results =
        judge(
            hidden,
            new Misreporting(textbook(hidden)) {
              @Override
              protected void change(Observation seen) {
                seen.at(Stage.LOSS)[0] = 0.5;
              }
            });
    assertThat(results)
        .filteredOn(result -> result.verdict() == Verdict.FAIL)
        .extracting(NonFiniteResult::input)
        .containsExactly(
            "x1 = NaN",
            "x2 = NaN",
            "y = NaN",
            "y = Infinity",
            "y = -Infinity",
            "w11 = NaN",
            "wh1 = NaN");
  }

  private static Subject textbook(int hidden) {
    return new RoundedSubject(DenseNetwork.of(new Topology(hidden)), Precision.DOUBLE);
  }

  private static List<NonFiniteResult> judge(int hidden, Subject subject)
      throws InterruptedException {
    return NonFiniteInputs.judge(new Topology(hidden), Precision.DOUBLE, subject);
  }
}
