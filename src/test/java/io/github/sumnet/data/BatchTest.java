package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.network.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  @ParameterizedTest
  @EnumSource(Precision.class)
  void a_sample_is_held_in_the_batchs_precision(Precision precision) {
    Batch batch = Batch.allocate(precision, 2);
    batch.resize(2);
    batch.set(1, 0.1, 0.2, 0.3);
    assertThat(batch.precision()).isEqualTo(precision);
    assertThat(batch.x1(1)).isEqualTo(precision.round(0.1));
    assertThat(batch.x2(1)).isEqualTo(precision.round(0.2));
    assertThat(batch.y(1)).isEqualTo(precision.round(0.3));
    assertThat(batch.x1(0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4})
  void more_samples_than_fit_are_refused(int size) {
    assertThatThrownBy(() -> Batch.allocate(Precision.FLOAT, 3).resize(size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(size + " samples do not fit a batch of 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0})
  void a_batch_for_no_samples_is_refused(int capacity) {
    assertThatThrownBy(() -> Batch.allocate(Precision.DOUBLE, capacity))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one sample, not " + capacity);
  }
}
