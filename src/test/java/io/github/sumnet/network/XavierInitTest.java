package io.github.sumnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XavierInitTest {
  @Test
  void a_seeds_weights_never_change() {
    assertThat(XavierInit.weights(Topology.DEFAULT, 42).toArray())
        .containsExactly(
            -0.19213241f, 0.080246806f, 0.94260573f, 0.76067996f, 0.0774525f, 1.5109507f);
  }

  @Property(tries = 100)
  void weights_are_floats_and_the_same_for_the_same_seed(@ForAll long seed) {
    Weights weights = XavierInit.weights(Topology.DEFAULT, seed);
    assertThat(weights).isEqualTo(weights.map(Precision.FLOAT::round));
    assertThat(weights).isEqualTo(XavierInit.weights(Topology.DEFAULT, seed));
    assertThat(weights).isNotEqualTo(XavierInit.weights(Topology.DEFAULT, seed + 1));
  }

  /** The estimate of a variance from n values has the relative deviation √(2/n). */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void each_layer_has_the_variance_of_glorot_and_bengio(long seed) {
    Topology wide = new Topology(Topology.MAX_HIDDEN);
    double[] values = XavierInit.weights(wide, seed).toArray();
    int hidden = wide.hidden();
    assertThat(variance(Arrays.copyOf(values, 2 * hidden)) * (2 + hidden) / 2)
        .isCloseTo(1, within(6 * Math.sqrt(1.0 / hidden)));
    assertThat(variance(Arrays.copyOfRange(values, 2 * hidden, 3 * hidden)) * (hidden + 1) / 2)
        .isCloseTo(1, within(6 * Math.sqrt(2.0 / hidden)));
  }

  @Test
  void small_seeds_are_as_good_as_any() {
    int seeds = 20_000;
    double hidden = 0;
    double output = 0;
    int positive = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Weights weights = XavierInit.weights(new Topology(1), seed);
      hidden += weights.hidden(1, 0) * weights.hidden(1, 0) / seeds;
      output += weights.output(0) * weights.output(0) / seeds;
      positive += weights.hidden(0, 0) > 0 ? 1 : 0;
    }
    assertThat(hidden).isCloseTo(2.0 / 3, within(0.06 * 2 / 3));
    assertThat(output).isCloseTo(1, within(0.06));
    assertThat(positive).isCloseTo(seeds / 2, within(400));
  }

  private static double variance(double[] values) {
    return Arrays.stream(values).map(v -> v * v).average().orElseThrow();
  }
}
