package io.github.sumnet.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.network.Precision;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class JobTest {
  private static final BenchPlan PLAN =
      new BenchPlan(
          List.of(Device.CPU, Device.CUDA),
          DeviceRequest.AUTO,
          List.of(BenchEngine.DL4J, BenchEngine.FUSED),
          List.of(Precision.FLOAT),
          List.of(10, 1000),
          List.of(2),
          2,
          false,
          4,
          2,
          42);

  /** Generating takes 3 s a batch, copying 5 s. */
  private static BenchRow row(
      Device device, BenchEngine engine, int batchSize, double start, double step) {
    BenchRow empty =
        Results.row(new BenchCase(device, engine, Precision.FLOAT, batchSize, 2), List.of());
    return new BenchRow(
        device,
        engine,
        Precision.FLOAT,
        batchSize,
        2,
        new MedianInterval(batchSize / step, null, null),
        List.of(),
        List.of(),
        empty.noise(),
        new BenchRow.Parts(start, 20, 30, 3, 5, 1e9, step, 0, 0, 0),
        null,
        null);
  }

  private static double paysFrom(BenchRow... rows) {
    return Job.paysFrom(PLAN, List.of(rows), Device.CUDA, Precision.FLOAT, 2);
  }

  @Test
  void a_job_is_its_start_and_its_samples_in_batches_of_the_fastest_size() {
    List<BenchRow> rows =
        List.of(
            row(Device.CPU, BenchEngine.DL4J, 10, 1, 2),
            row(Device.CPU, BenchEngine.DL4J, 1000, 1, 93.5),
            row(Device.CUDA, BenchEngine.DL4J, 10, 2, 7));

    List<Job> jobs = Job.all(PLAN, rows, List.of(1L, 2000L));

    assertThat(jobs).hasSize(2);
    // Two threads of the CPU share the generating: 1.5 s of 3.
    assertThat(jobs.get(1).choices())
        .containsExactly(
            new Job.Choice(Device.CPU, BenchEngine.DL4J, 1000, 51 + 2 * 100.0),
            new Job.Choice(Device.CUDA, BenchEngine.DL4J, 10, 52 + 200 * 15.0));
    assertThat(jobs.get(0).choices().get(0).seconds()).isEqualTo(51 + 0.1);
  }

  @Test
  void a_device_that_starts_slower_and_computes_faster_pays_from_where_they_take_the_same() {
    // The CPU takes 51 s and 0.85 s a sample, the GPU 61 s and 0.81 s a sample.
    assertThat(
            paysFrom(
                row(Device.CPU, BenchEngine.DL4J, 10, 1, 2),
                row(Device.CUDA, BenchEngine.DL4J, 10, 11, 0.1)))
        .isCloseTo(10 / 0.04, Offset.offset(1e-6));
    assertThat(
            paysFrom(
                row(Device.CPU, BenchEngine.DL4J, 10, 1, 2),
                row(Device.CUDA, BenchEngine.DL4J, 10, 11, 4)))
        .isInfinite();
    assertThat(paysFrom(row(Device.CPU, BenchEngine.DL4J, 10, 1, 2))).isNaN();
  }

  @Property
  void from_that_place_on_the_device_takes_less_time_and_there_both_take_the_same(
      @ForAll @Size(min = 4, max = 4) List<@DoubleRange(min = 0.1, max = 50) Double> starts,
      @ForAll @Size(min = 4, max = 4) List<@DoubleRange(min = 0.1, max = 50) Double> steps) {
    // Lines as steep as each other meet wherever rounding has it.
    Assume.that(Math.abs((6.5 + steps.get(1)) - (8 + steps.get(3))) > 1e-9);
    List<BenchRow> rows =
        List.of(
            row(Device.CPU, BenchEngine.DL4J, 10, starts.get(0), steps.get(0)),
            row(Device.CPU, BenchEngine.FUSED, 1000, starts.get(1), steps.get(1)),
            row(Device.CUDA, BenchEngine.DL4J, 10, starts.get(2), steps.get(2)),
            row(Device.CUDA, BenchEngine.DL4J, 1000, starts.get(3), steps.get(3)));

    double place = Job.paysFrom(PLAN, rows, Device.CUDA, Precision.FLOAT, 2);

    if (Double.isInfinite(place)) {
      assertThat(fastest(rows, 1_000_000_000_000L)).isEqualTo(Device.CPU);
    } else {
      for (long samples : new long[] {2, 10, 1000, 1_000_000_000_000L}) {
        assertThat(fastest(rows, (long) place + samples)).isEqualTo(Device.CUDA);
      }
      // Up to the fraction of a sample both take the same there.
      Assume.that(place >= 1);
      List<Job.Choice> choices = Job.all(PLAN, rows, List.of((long) place)).get(0).choices();
      assertThat(seconds(choices, Device.CPU))
          .isCloseTo(seconds(choices, Device.CUDA), Offset.offset(10.0));
    }
  }

  private static double seconds(List<Job.Choice> choices, Device device) {
    return choices.stream()
        .filter(choice -> choice.device() == device)
        .mapToDouble(Job.Choice::seconds)
        .min()
        .orElseThrow();
  }

  private static Device fastest(List<BenchRow> rows, long samples) {
    return Job.all(PLAN, rows, List.of(samples)).get(0).choices().get(0).device();
  }
}
