package io.github.sumnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
  private static final Topology THREE = new Topology(3);
  private static final Weights WEIGHTS = Weights.of(THREE, 11, 12, 13, 21, 22, 23, 1, 2, 3);

  @Test
  void a_weight_is_found_by_its_indices_and_by_its_name() {
    assertThat(WEIGHTS.hidden(0, 0)).isEqualTo(11);
    assertThat(WEIGHTS.hidden(0, 2)).isEqualTo(13);
    assertThat(WEIGHTS.hidden(1, 0)).isEqualTo(21);
    assertThat(WEIGHTS.output(2)).isEqualTo(3);
    assertThat(WEIGHTS.byName())
        .contains(entry("w13", 13.0), entry("w21", 21.0), entry("wh3", 3.0));
    assertThat(WEIGHTS.topology()).isEqualTo(THREE);
    assertThat(WEIGHTS).hasToString(WEIGHTS.byName().toString());
    assertThat(WEIGHTS.byName().keySet()).containsExactlyElementsOf(THREE.weightNames());
  }

  @Test
  void nothing_that_is_done_to_arrays_changes_the_weights() {
    double[] values = {1, 2, 3, 4, 5, 6};
    Weights weights = Weights.of(Topology.DEFAULT, values);
    values[0] = 99;
    weights.toArray()[1] = 99;
    weights.byName().put("w21", 99.0);
    weights.map(w -> 99);
    assertThat(weights.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void weights_are_equal_when_their_bits_are() {
    Weights same = Weights.of(THREE, WEIGHTS.toArray());
    assertThat(same).isEqualTo(WEIGHTS).hasSameHashCodeAs(WEIGHTS);
    assertThat(WEIGHTS.map(w -> Double.NaN)).isEqualTo(WEIGHTS.map(w -> Double.NaN));
    assertThat(WEIGHTS.map(w -> 0.0)).isNotEqualTo(WEIGHTS.map(w -> -0.0));
    assertThat(WEIGHTS.map(w -> w == 3 ? Math.nextUp(w) : w)).isNotEqualTo(WEIGHTS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void a_single_value_makes_them_not_finite(double value) {
    assertThat(WEIGHTS.isFinite()).isTrue();
    assertThat(WEIGHTS.map(w -> w == 22 ? value : w).isFinite()).isFalse();
  }

  @Test
  void the_number_of_values_must_be_the_topologys() {
    assertThatThrownBy(() -> Weights.of(Topology.DEFAULT, 1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a 2-2-1 network has 6 weights, not 3");
  }
}
