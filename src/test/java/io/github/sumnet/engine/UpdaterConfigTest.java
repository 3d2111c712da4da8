package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdaterConfigTest {
  @ParameterizedTest
  @ValueSource(
      doubles = {0, -0.0, -0.1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
  void a_learning_rate_that_is_no_step_is_refused(double rate) {
    assertThatThrownBy(() -> UpdaterConfig.sgd(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the learning rate must be positive and finite, not " + rate);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 0.1, Double.MAX_VALUE})
  void any_other_is_taken(double rate) {
    assertThat(UpdaterConfig.sgd(rate).learningRate()).isEqualTo(rate);
  }
}
