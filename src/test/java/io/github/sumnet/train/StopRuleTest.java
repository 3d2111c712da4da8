package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopRuleTest {
  private static final double NO_TIME = 0;

  @ParameterizedTest
  @CsvSource({"-1, 1, 1, 0", "1, -1, 1, 0", "1, 1, -1, 0", "1, 1, 1, -1"})
  void limits_are_not_negative(long epochs, long steps, double seconds, int patience) {
    assertThatThrownBy(() -> new StopRule(epochs, steps, seconds, patience))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void training_has_an_end_even_without_patience() {
    assertThatThrownBy(() -> new StopRule(0, 0, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs an end");
  }

  @Test
  void whichever_limit_comes_first_is_the_reason() {
    StopRule rule = new StopRule(2, 15, 60, 3);

    assertThat(rule.reached(at(14, 0), 10, 59)).isNull();
    assertThat(rule.reached(at(15, 0), 10, NO_TIME)).isEqualTo(StopReason.STEPS);
    assertThat(rule.reached(at(14, 0), 7, NO_TIME)).isEqualTo(StopReason.EPOCHS);
    assertThat(rule.reached(at(14, 0), 10, 60)).isEqualTo(StopReason.MAX_TIME);
    assertThat(rule.reached(at(14, 2), 10, NO_TIME)).isNull();
    assertThat(rule.reached(at(14, 3), 10, NO_TIME)).isEqualTo(StopReason.PATIENCE);
  }

  @Test
  void so_many_epochs_that_their_steps_cannot_be_counted_are_no_limit() {
    StopRule rule = new StopRule(Long.MAX_VALUE, 0, 0, 0);

    assertThat(rule.endStep(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(rule.endStep(3)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void training_ends_where_dl4j_can_count_no_further() {
    StopRule rule = new StopRule(0, 0, 3600, 0);

    assertThat(rule.reached(at(StopRule.MOST_STEPS - 1, 0), 10, NO_TIME)).isNull();
    assertThat(rule.reached(at(StopRule.MOST_STEPS, 0), 10, NO_TIME))
        .isEqualTo(StopReason.STEP_LIMIT);
  }

  @Test
  void only_a_smaller_loss_is_a_better_one() {
    Position first = Position.START.afterSteps(5, 1).afterEvaluation(0.5);
    assertThat(first).isEqualTo(new Position(5, 0.5, 0, 1));

    assertThat(first.afterEvaluation(0.5)).isEqualTo(new Position(5, 0.5, 1, 1));
    assertThat(first.afterEvaluation(0.7).afterEvaluation(0.6))
        .isEqualTo(new Position(5, 0.5, 2, 1));
    assertThat(first.afterEvaluation(0.7).afterEvaluation(0.4))
        .isEqualTo(new Position(5, 0.4, 0, 1));
  }

  private static Position at(long step, int evaluationsSinceBest) {
    return new Position(step, 0.1, evaluationsSinceBest, 0);
  }
}
