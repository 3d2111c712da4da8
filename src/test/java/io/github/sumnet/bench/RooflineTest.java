package io.github.sumnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.PeakLoop;
import io.github.sumnet.network.Precision;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RooflineTest {
  private static final BenchCase CASE =
      new BenchCase(Device.CPU, BenchEngine.FUSED, Precision.FLOAT, 1000, 2);

  private static MachineLimits limits(double operations, double bytes) {
    return new MachineLimits(
        2, 512, operations, operations / 2, List.of(new MachineLimits.Reading(12_000, bytes)));
  }

  @Property
  void operations_are_those_of_the_formula(@ForAll @IntRange(min = 1, max = 4096) int hidden) {
    assertThat(Roofline.operations(hidden, Precision.FLOAT)).isEqualTo(33L * hidden + 24);
    assertThat(Roofline.operations(hidden, Precision.DOUBLE)).isEqualTo(45L * hidden + 36);
  }

  @Test
  void the_lower_ceiling_counts() {
    assertThat(Roofline.limit(CASE, 5e8, limits(90e9, 24e9)))
        .isEqualTo(new BenchRow.Limit(1e9, Ceiling.ARITHMETIC, 0.5));
    assertThat(Roofline.limit(CASE, 5e8, limits(900e9, 24e9)))
        .isEqualTo(new BenchRow.Limit(2e9, Ceiling.MEMORY, 0.25));
  }

  @Test
  void a_size_whose_reading_was_not_measured_has_no_limit() {
    BenchCase other = new BenchCase(Device.CPU, BenchEngine.FUSED, Precision.FLOAT, 999, 2);
    assertThat(Roofline.limit(other, 1, limits(1, 1))).isNull();
  }

  @Test
  void the_ceilings_of_this_machine_are_positive_and_cover_the_sizes() throws InterruptedException {
    MachineLimits limits = LimitsMeter.measure(2, List.of(12L, 1_000_000L));
    assertThat(limits.threads()).isEqualTo(2);
    assertThat(limits.floatOperations()).isPositive();
    assertThat(limits.doubleOperations()).isPositive();
    assertThat(limits.reading())
        .extracting(MachineLimits.Reading::bytes)
        .containsExactly(12L, 1_000_000L);
    assertThat(limits.reading()).allSatisfy(each -> assertThat(each.bytesPerSecond()).isPositive());
  }

  @Test
  void of_several_measurements_the_best_is_the_ceiling() {
    MachineLimits best = MachineLimits.best(List.of(limits(1, 40), limits(3, 20), limits(2, 30)));
    assertThat(best)
        .isEqualTo(
            new MachineLimits(2, 512, 3, 1.5, List.of(new MachineLimits.Reading(12_000, 40))));
    assertThat(MachineLimits.best(List.of())).isNull();
  }

  @Test
  void a_peak_loop_does_read_and_does_compute() {
    PeakLoop loop = PeakLoop.best();
    float[] ones = new float[1003];
    java.util.Arrays.fill(ones, 1);
    assertThat(loop.read(ones)).isEqualTo(1003);
    // Each chain tends to 1 / (1 − 3/4).
    float lanes = loop.floatOperations() / 2f;
    assertThat(loop.floats(1000)).isBetween(3.99f * lanes, 4.01f * lanes);
    double doubleLanes = loop.doubleOperations() / 2.0;
    assertThat(loop.doubles(1000)).isBetween(3.99 * doubleLanes, 4.01 * doubleLanes);
  }
}
