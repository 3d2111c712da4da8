package io.github.sumnet.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.result.Crossover.Verdict;
import io.github.sumnet.bench.statistics.Repetition;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Rows that nobody measured: a device costs so much a step and so much a sample. */
class CrossoversTest {
  private static final BenchPlan PLAN =
      new BenchPlan(
          List.of(Device.CPU, Device.CUDA),
          DeviceRequest.AUTO,
          List.of(BenchEngine.DL4J, BenchEngine.FUSED),
          List.of(Precision.FLOAT),
          List.of(32, 1024, 32_768, 1_048_576),
          List.of(2),
          2,
          false,
          12,
          3,
          42);

  /** Rows of all cases whose steps take this long, but for noise. */
  private static List<BenchRow> rows(ToDoubleFunction<BenchCase> secondsPerStep, double noise) {
    Random random = new Random(1);
    List<BenchRow> rows = new ArrayList<>();
    for (BenchCase each : PLAN.cases()) {
      List<Repetition> repetitions = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        double time = secondsPerStep.applyAsDouble(each) * Math.exp(noise * random.nextGaussian());
        if (!Double.isNaN(time)) {
          repetitions.add(new Repetition(1 + i / 4, 10, 10 * time));
        }
      }
      rows.add(Results.row(each, repetitions));
    }
    return rows;
  }

  private static Crossover devices(List<BenchRow> rows) {
    return new Crossovers(PLAN, rows).all().get(0);
  }

  private static double seconds(BenchCase of, double cpu, double cudaOverhead, double cuda) {
    return of.device() == Device.CPU ? cpu * of.batchSize() : cudaOverhead + cuda * of.batchSize();
  }

  @Test
  void a_gpu_that_costs_more_a_step_and_less_a_sample_wins_from_a_batch_size_on() {
    // Equal at 100e-6 / (1e-8 - 1e-9) = 11,111 samples, between 1,024 and 32,768.
    Crossover crossover = devices(rows(of -> seconds(of, 1e-8, 1e-4, 1e-9), 0.02));
    assertThat(crossover.verdict()).isEqualTo(Verdict.FROM);
    assertThat(crossover.device()).isEqualTo(Device.CPU);
    assertThat(crossover.challengerDevice()).isEqualTo(Device.CUDA);
    assertThat(crossover.batchSize()).isBetween(8_000.0, 14_000.0);
    assertThat(crossover.low()).isLessThan(crossover.batchSize());
    assertThat(crossover.high()).isGreaterThan(crossover.batchSize());
    assertThat(crossover.high() / crossover.low()).isLessThan(1.3);
  }

  @Test
  void more_noise_makes_a_wider_interval() {
    Crossover quiet = devices(rows(of -> seconds(of, 1e-8, 1e-4, 1e-9), 0.01));
    Crossover loud = devices(rows(of -> seconds(of, 1e-8, 1e-4, 1e-9), 0.2));
    assertThat(loud.high() / loud.low()).isGreaterThan(2 * (quiet.high() / quiet.low() - 1) + 1);
  }

  @Test
  void a_gpu_that_is_slower_everywhere_never_wins() {
    Crossover crossover = devices(rows(of -> seconds(of, 1e-9, 1e-4, 1e-8), 0.02));
    assertThat(crossover.verdict()).isEqualTo(Verdict.NEVER);
    assertThat(crossover.batchSize()).isNull();
  }

  @Test
  void a_gpu_that_is_faster_everywhere_always_wins() {
    assertThat(devices(rows(of -> seconds(of, 1e-8, 0, 1e-9), 0.02)).verdict())
        .isEqualTo(Verdict.ALWAYS);
  }

  @Test
  void equals_are_too_close_to_call() {
    assertThat(devices(rows(of -> seconds(of, 1e-8, 0, 1e-8), 0.02)).verdict())
        .isEqualTo(Verdict.TOO_CLOSE);
  }

  @Test
  void a_gpu_that_is_not_there_is_not_made_up() {
    List<BenchRow> rows = rows(of -> of.device() == Device.CPU ? 1 : Double.NaN, 0);
    Crossover crossover = devices(rows);
    assertThat(crossover.verdict()).isEqualTo(Verdict.NOT_MEASURED);
    assertThat(crossover.reason()).isEqualTo("not there");
    assertThat(crossover.batchSize()).isNull();
    assertThat(crossover.low()).isNull();
    assertThat(crossover.high()).isNull();
  }

  @Test
  void the_engine_that_is_faster_at_the_largest_size_is_the_challenger() {
    List<BenchRow> rows =
        rows(
            of ->
                of.device() == Device.CUDA
                    ? Double.NaN
                    : of.engine() == BenchEngine.DL4J
                        ? 1e-4 + 1e-9 * of.batchSize()
                        : 1e-8 * of.batchSize(),
            0.01);
    Crossover engines = new Crossovers(PLAN, rows).all().get(1);
    assertThat(engines.challengerEngine()).isEqualTo(BenchEngine.DL4J);
    assertThat(engines.engine()).isEqualTo(BenchEngine.FUSED);
    assertThat(engines.verdict()).isEqualTo(Verdict.FROM);
    assertThat(engines.batchSize()).isBetween(8_000.0, 14_000.0);
  }

  /** Both engines on the CPU alone, whose steps take this long. */
  private static List<BenchRow> onCpu(ToDoubleFunction<BenchCase> seconds, double noise) {
    return rows(of -> of.device() == Device.CPU ? seconds.applyAsDouble(of) : Double.NaN, noise);
  }

  /** Two statements about the same rows follow from one rule. */
  @Property(tries = 100)
  void the_fastest_engine_and_the_crossover_never_contradict_each_other(
      @ForAll @DoubleRange(min = 0.8, max = 1.25) double atSmallest,
      @ForAll @DoubleRange(min = 0.8, max = 1.25) double atLargest,
      @ForAll @DoubleRange(min = 0.01, max = 0.2) double noise) {
    List<BenchRow> rows =
        onCpu(
            of ->
                of.engine() == BenchEngine.DL4J
                    ? 1
                    : of.batchSize() < 2000 ? atSmallest : atLargest,
            noise);
    List<Fastest> fastest = Fastest.all(PLAN, rows);
    Crossover crossover = new Crossovers(PLAN, rows).all().get(1);

    List<Boolean> wins =
        fastest.stream()
            .map(each -> each.tooClose().isEmpty() && each.engine() == crossover.challengerEngine())
            .toList();
    assertThat(crossover.verdict() == Verdict.ALWAYS)
        .isEqualTo(wins.stream().allMatch(wonHere -> wonHere));
    assertThat(crossover.verdict() == Verdict.TOO_CLOSE)
        .isEqualTo(!fastest.get(fastest.size() - 1).tooClose().isEmpty());
    assertThat(crossover.leadsSomewhere()).isEqualTo(wins.contains(true));
  }

  @Test
  void the_fastest_is_too_close_to_call_where_the_ratio_may_be_one() {
    List<Fastest> equals = Fastest.all(PLAN, onCpu(of -> 1, 0.05));
    assertThat(equals).hasSize(4).allSatisfy(each -> assertThat(each.tooClose()).hasSize(1));

    List<Fastest> clear =
        Fastest.all(PLAN, onCpu(of -> of.engine() == BenchEngine.DL4J ? 1 : 2, 0.05));
    assertThat(clear)
        .hasSize(4)
        .allSatisfy(
            each -> {
              assertThat(each.engine()).isEqualTo(BenchEngine.DL4J);
              assertThat(each.tooClose()).isEmpty();
            });
    assertThat(Fastest.all(PLAN, List.of())).isEmpty();
  }

  @Test
  void one_or_two_repetitions_are_too_few_for_any_of_it() {
    List<BenchRow> rows =
        PLAN.cases().stream()
            .map(each -> Results.row(each, List.of(new Repetition(1, 1, seconds(each)))))
            .toList();
    assertThat(new Crossovers(PLAN, rows).all())
        .extracting(Crossover::verdict)
        .containsOnly(Verdict.TOO_FEW);
    assertThat(Fastest.all(PLAN, rows))
        .allSatisfy(each -> assertThat(each.samplesPerSecond().hasInterval()).isFalse());
  }

  @Test
  void every_other_device_that_an_engine_runs_on_is_held_against_the_cpu() {
    BenchPlan plan = Results.planOf(DeviceRequest.OPENCL);
    List<BenchRow> rows =
        plan.cases().stream()
            .map(
                each ->
                    Results.row(each, Collections.nCopies(3, new Repetition(1, 1, seconds(each)))))
            .toList();
    Crossover crossover = new Crossovers(plan, rows).all().get(0);
    assertThat(crossover.challengerDevice()).isEqualTo(Device.OPENCL);
    assertThat(crossover.verdict()).isEqualTo(Verdict.ALWAYS);

    BenchPlan fusedEverywhere =
        new BenchPlan(
            List.of(Device.values()),
            DeviceRequest.AUTO,
            List.of(BenchEngine.FUSED),
            List.of(Precision.FLOAT),
            List.of(32, 1024),
            List.of(2),
            2,
            false,
            10,
            5,
            42);
    assertThat(new Crossovers(fusedEverywhere, rows).all())
        .extracting(Crossover::challengerDevice)
        .containsExactly(Device.OPENCL);
  }

  private static double seconds(BenchCase of) {
    return of.device() == Device.CPU ? 2 : 1;
  }
}
