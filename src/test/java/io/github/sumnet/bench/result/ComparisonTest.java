package io.github.sumnet.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.bench.statistics.Ratio;
import io.github.sumnet.bench.statistics.Repetition;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ComparisonTest {
  private static final BenchCase CASE =
      new BenchCase(Device.CPU, BenchEngine.FUSED, Precision.FLOAT, 32, 2);
  private static final BenchCase OTHER =
      new BenchCase(Device.CPU, BenchEngine.DL4J, Precision.FLOAT, 32, 2);

  /** Six forks of four repetitions; forks and repetitions scatter by a share. */
  private static BenchRow row(BenchCase benchCase, double rate, double scatter, long seed) {
    Random random = new Random(seed);
    List<Repetition> repetitions = new ArrayList<>();
    for (int fork = 1; fork <= 6; fork++) {
      double ofFork = rate * (1 + scatter * random.nextGaussian());
      for (int i = 0; i < 4; i++) {
        double seconds = 32 / (ofFork * (1 + scatter * random.nextGaussian()));
        repetitions.add(new Repetition(fork, 1, seconds));
      }
    }
    return Results.row(benchCase, repetitions);
  }

  private static BenchResult result(
      BenchEnvironment environment, List<Double> busyCores, BenchRow... rows) {
    return new BenchResult(
        1,
        true,
        environment,
        Results.plan(),
        List.of(rows),
        busyCores,
        List.of(),
        List.of(),
        List.of());
  }

  private static BenchResult result(BenchEnvironment environment, BenchRow... rows) {
    return result(environment, List.of(0.01, 0.1), rows);
  }

  private static BenchResult result(BenchRow... rows) {
    return result(Results.environment(), rows);
  }

  private static Comparison compare(BenchResult before, BenchResult after) {
    return Comparison.of(
        new Comparison.Side("a/bench.json", before), new Comparison.Side("b/bench.json", after));
  }

  private static Change change(double factor, double scatter, long seed) {
    BenchRow before = row(CASE, 1e6, scatter, seed);
    BenchRow after = row(CASE, 1e6 * factor, scatter, ~seed);
    return compare(result(before), result(after)).changes().get(0);
  }

  @Property(tries = 100)
  void a_change_far_above_the_noise_is_found_with_its_size(
      @ForAll @DoubleRange(min = 0.5, max = 0.9) double factor, @ForAll long seed) {
    Change change = change(factor, 0.005, seed);
    assertThat(change.relative()).isCloseTo(factor - 1, within(0.03));
    assertThat(change.verdict()).isEqualTo(Ratio.Verdict.SLOWER);
    assertThat(change.isRegression(0.05)).isTrue();
    assertThat(change.isRegression(0.6)).isFalse();
    assertThat(change(1 / factor, 0.005, seed).verdict()).isEqualTo(Ratio.Verdict.FASTER);
  }

  @Property(tries = 100)
  void the_change_lies_in_its_interval(
      @ForAll @DoubleRange(min = 0.1, max = 10) double factor,
      @ForAll @DoubleRange(min = 0.01, max = 0.1) double scatter,
      @ForAll long seed) {
    Change change = change(factor, scatter, seed);
    assertThat(change.relative()).isBetween(change.low(), change.high());
    assertThat(change.low()).isGreaterThan(-1);
  }

  /** Of 400 comparisons of equals about 20 would be wrong; the bootstrap of few forks errs more. */
  @Tag("campaign")
  @Example
  void where_nothing_changed_the_interval_contains_zero_nearly_always() {
    long conclusive =
        IntStream.range(0, 400)
            .filter(seed -> change(1, 0.02, seed).verdict() != Ratio.Verdict.INCONCLUSIVE)
            .count();
    assertThat(conclusive).isLessThan(40);
  }

  /** If both were resampled alike, noise would cancel that has nothing in common. */
  @Example
  void the_two_benchmarks_are_resampled_independently() {
    BenchRow row = row(CASE, 1e6, 0.02, 1);
    Change change = compare(result(row), result(row)).changes().get(0);
    assertThat(change.relative()).isZero();
    double width = change.high() - change.low();
    MedianInterval own = row.samplesPerSecond();
    assertThat(width).isGreaterThan(1.2 * (own.high() - own.low()) / own.median());
  }

  @Example
  void nothing_is_concluded_from_a_benchmark_that_other_processes_disturbed() {
    BenchRow before = row(CASE, 1e6, 0.005, 1);
    BenchRow after = row(CASE, 3.24e5, 0.005, 2);
    Change idle = compare(result(before), result(after)).changes().get(0);
    assertThat(idle.isRegression(0.05)).isTrue();
    assertThat(idle.doubt()).isNull();

    Comparison busy =
        compare(result(before), result(Results.environment(), List.of(0.0, 1.9), after));
    Change change = busy.changes().get(0);
    assertThat(change.verdict()).isEqualTo(Ratio.Verdict.INCONCLUSIVE);
    assertThat(change.doubt()).isEqualTo(Change.Doubt.BUSY);
    assertThat(change.isRegression(0.05)).isFalse();
    assertThat(change.isDoubtfulLoss(0.05)).isTrue();
    assertThat(busy.warnings())
        .containsExactly(
            "While b/bench.json was measured, other processes kept up to 1.9 of 2 cores busy:"
                + " nothing is concluded from it.");
  }

  /** Each fork is steady in itself, and the two differ. */
  private static BenchRow ofForks(double first, double second) {
    List<Repetition> repetitions = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      repetitions.add(new Repetition(1, 1, 32 / first * (1 + 1e-3 * i)));
      repetitions.add(new Repetition(2, 1, 32 / second * (1 + 1e-3 * i)));
    }
    return Results.row(CASE, repetitions);
  }

  @Property(tries = 100)
  void a_change_that_is_no_larger_than_that_between_forks_is_inconclusive(
      @ForAll @DoubleRange(min = 0.05, max = 0.5) double spread,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    BenchRow before = ofForks(1e6, 1e6 * (1 + spread));
    double factor = 1 + spread * share;
    BenchRow after = ofForks(1e6 * factor, 1e6 * (1 + spread) * factor);
    Change change = compare(result(before), result(after)).changes().get(0);
    assertThat(change.forkSpread()).isCloseTo(spread, within(1e-9));
    assertThat(change.verdict()).isEqualTo(Ratio.Verdict.INCONCLUSIVE);
  }

  @Property(tries = 20)
  void one_or_two_repetitions_have_no_interval_and_nothing_is_concluded_from_them(
      @ForAll @IntRange(min = 1, max = 2) int repetitions) {
    BenchRow few =
        Results.row(
            CASE,
            IntStream.rangeClosed(1, repetitions)
                .mapToObj(fork -> new Repetition(fork, 1, 1))
                .toList());
    Change change = compare(result(few), result(row(CASE, 1e6, 0.01, 1))).changes().get(0);
    assertThat(change.low()).isNull();
    assertThat(change.high()).isNull();
    assertThat(change.verdict()).isEqualTo(Ratio.Verdict.INCONCLUSIVE);
    assertThat(change.doubt()).isEqualTo(Change.Doubt.TOO_FEW);
  }

  @Example
  void a_row_that_failed_is_lost_and_one_that_was_not_planned_is_unmatched() {
    BenchRow fused = row(CASE, 1e6, 0.01, 1);
    BenchRow dl4j = row(OTHER, 1e5, 0.01, 2);
    BenchRow failed = Results.row(CASE, List.of());
    Comparison lost = compare(result(fused, dl4j), result(failed));
    assertThat(lost.changes()).isEmpty();
    assertThat(lost.lost()).containsOnlyKeys(CASE).containsValue("not there");
    assertThat(lost.onlyBefore()).containsExactly(OTHER);
    assertThat(lost.onlyAfter()).isEmpty();

    Comparison gained = compare(result(failed), result(fused, dl4j));
    assertThat(gained.lost()).isEmpty();
    assertThat(gained.onlyBefore()).isEmpty();
    assertThat(gained.onlyAfter()).containsExactly(CASE, OTHER);
  }

  @Example
  void other_machines_give_a_warning_and_other_builds_none() {
    BenchEnvironment here = Results.environment();
    BenchRow row = row(CASE, 1e6, 0.01, 1);
    assertThat(compare(result(here, row), result(there("0.2.0", 2), row)).warnings()).isEmpty();
    assertThat(compare(result(here, row), result(there("0.1.0", 64), row)).warnings())
        .containsExactly("The environments differ: cores was 2 and is 64.");
  }

  private static BenchEnvironment there(String version, int cores) {
    BenchEnvironment here = Results.environment();
    return new BenchEnvironment(
        version,
        "abc",
        here.nd4j(),
        here.arguments(),
        "2026-02-02T00:00:00Z",
        here.operatingSystem(),
        here.architecture(),
        here.processor(),
        cores,
        here.memoryBytes(),
        here.jdk(),
        here.devices());
  }

  private static List<String> warnings(
      int number, OpenClDevice.Kind kind, String before, String after) {
    BenchRow row = row(CASE, 1e6, 0.01, 1);
    return compare(
            result(openCl(0, OpenClDevice.Kind.CPU, before), row),
            result(openCl(number, kind, after), row))
        .warnings()
        .stream()
        .filter(warning -> warning.startsWith("The environments differ: device opencl was "))
        .toList();
  }

  private static BenchEnvironment openCl(int number, OpenClDevice.Kind kind, String description) {
    return Results.environment(
        new BenchEnvironment.DeviceState(Device.OPENCL, number, kind, description, null));
  }

  @Example
  void another_opencl_device_driver_or_number_is_warned_of() {
    OpenClDevice.Kind cpu = OpenClDevice.Kind.CPU;
    assertThat(warnings(0, cpu, "card, driver 1", "card, driver 1")).isEmpty();
    assertThat(warnings(0, cpu, "card, driver 1", "card, driver 2"))
        .containsExactly(
            "The environments differ: device opencl was opencl:0 (CPU): card, driver 1 and is"
                + " opencl:0 (CPU): card, driver 2.");
    assertThat(warnings(1, cpu, "card", "card")).hasSize(1);
    assertThat(warnings(0, OpenClDevice.Kind.GPU, "card", "card")).hasSize(1);
  }
}
