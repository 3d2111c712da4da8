package io.github.sumnet.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTest {
  private static final BenchCase CASE =
      new BenchCase(Device.CPU, BenchEngine.FUSED, Precision.FLOAT, 1, 2);

  private static MedianInterval interval(List<Repetition> repetitions) {
    return Bootstrap.of(CASE, repetitions).interval();
  }

  @Provide
  Arbitrary<List<Repetition>> measurements() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 6),
            Arbitraries.doubles().between(1e-6, 10).ofScale(9))
        .as((fork, seconds) -> new Repetition(fork, 1, seconds))
        .list()
        .ofMinSize(Bootstrap.LEAST_REPETITIONS)
        .ofMaxSize(20);
  }

  @Property(tries = 200)
  void the_median_lies_in_its_interval_and_that_among_the_values(
      @ForAll("measurements") List<Repetition> measured) {
    MedianInterval interval = interval(measured);
    double[] rates = measured.stream().mapToDouble(r -> r.samplesPerSecond(1)).sorted().toArray();
    assertThat(interval.median()).isEqualTo(Medians.median(rates));
    assertThat(interval.low()).isBetween(rates[0], interval.median());
    assertThat(interval.high()).isBetween(interval.median(), rates[rates.length - 1]);
  }

  @Property(tries = 200)
  void the_order_of_the_measurements_does_not_matter(
      @ForAll("measurements") List<Repetition> measured, @ForAll Random random) {
    List<Repetition> shuffled = new ArrayList<>(measured);
    Collections.shuffle(shuffled, random);
    assertThat(interval(shuffled)).isEqualTo(interval(measured));
  }

  @Property(tries = 100)
  void rates_that_grow_by_a_factor_have_an_interval_that_does(
      @ForAll("measurements") List<Repetition> measured,
      @ForAll @DoubleRange(min = 1.5, max = 100) double factor) {
    MedianInterval before = interval(measured);
    MedianInterval after =
        interval(
            measured.stream()
                .map(r -> new Repetition(r.fork(), r.steps(), r.seconds() / factor))
                .toList());
    assertThat(after.low()).isCloseTo(before.low() * factor, within(1e-9 * after.low()));
    assertThat(after.high()).isCloseTo(before.high() * factor, within(1e-9 * after.high()));
  }

  @Property(tries = 100)
  void a_single_measurement_that_is_faster_moves_no_end_down(
      @ForAll("measurements") List<Repetition> measured) {
    List<Repetition> faster = new ArrayList<>(measured);
    Repetition first = faster.get(0);
    faster.set(0, new Repetition(first.fork(), 1, first.seconds() / 10));
    assertThat(interval(faster).low()).isGreaterThanOrEqualTo(interval(measured).low());
    assertThat(interval(faster).high()).isGreaterThanOrEqualTo(interval(measured).high());
  }

  @Test
  void equal_measurements_have_an_interval_without_width() {
    Repetition one = new Repetition(1, 4, 2);
    assertThat(interval(Collections.nCopies(12, one))).isEqualTo(new MedianInterval(2, 2.0, 2.0));
  }

  /**
   * How often the interval of simulated measurements holds the true median, with forks that do not
   * differ, and with forks that differ half as much, as much, or three times as much as
   * repetitions.
   */
  @Tag("campaign")
  @ParameterizedTest
  @CsvSource({
    "2,6,0.0,0.95",
    "2,6,0.5,0.93",
    "2,6,1.0,0.86",
    "2,6,3.0,0.64",
    "3,4,0.0,0.93",
    "3,4,1.0,0.87",
    "3,4,0.5,0.91",
    "3,4,3.0,0.72",
    "5,4,1.0,0.91",
    "10,4,1.0,0.92"
  })
  void the_interval_holds_the_true_median_about_as_often_as_it_says(
      int forks, int repetitions, double spreadOfForks, double least) {
    Random random = new Random(20_26);
    int held = 0;
    int trials = 400;
    for (int trial = 0; trial < trials; trial++) {
      List<Repetition> measured = new ArrayList<>();
      for (int fork = 1; fork <= forks; fork++) {
        double own = spreadOfForks * random.nextGaussian();
        for (int i = 0; i < repetitions; i++) {
          double rate = 100 + own + random.nextGaussian();
          measured.add(new Repetition(fork, 1, 1 / rate));
        }
      }
      MedianInterval interval = interval(measured);
      held += interval.low() <= 100 && 100 <= interval.high() ? 1 : 0;
    }
    assertThat(held / (double) trials).isBetween(least, 0.999);
  }
}
