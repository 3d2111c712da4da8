package io.github.sumnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WorkedExampleTest {
  @Test
  void the_weights_are_the_documents() {
    assertThat(WorkedExample.WEIGHTS.byName())
        .containsExactly(
            entry("w11", 0.2),
            entry("w12", 0.3),
            entry("w21", 0.4),
            entry("w22", 0.7),
            entry("wh1", 0.6),
            entry("wh2", -0.1));
  }

  @Test
  void the_target_is_the_sum_of_the_inputs_in_decimal() {
    assertThat(WorkedExample.TARGET).isEqualTo(3.3);
    // In binary it is one unit in the last place away: 1.1 + 2.2 is 3.3000000000000003.
    assertThat(WorkedExample.X1 + WorkedExample.X2).isEqualTo(Math.nextUp(3.3));
  }

  @Test
  void one_step_at_its_rate_is_what_parts_the_exact_updated_weights_from_these() {
    double[] before = WorkedExample.WEIGHTS.toArray();
    double[] gradient = ExactWorkedExample.gradient().toArray();
    double[] updated = ExactWorkedExample.updated().toArray();
    for (int i = 0; i < before.length; i++) {
      double stepped = before[i] - WorkedExample.LEARNING_RATE * gradient[i];
      assertThat(stepped).isCloseTo(updated[i], within(1e-16));
    }
  }
}
