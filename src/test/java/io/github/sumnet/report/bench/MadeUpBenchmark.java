package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchEnvironment.DeviceState;
import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.bench.result.Crossover;
import io.github.sumnet.bench.result.Fastest;
import io.github.sumnet.bench.result.Job;
import io.github.sumnet.bench.result.Results;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.bench.statistics.Repetition;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.network.Precision;
import java.util.List;
import java.util.stream.Stream;

/**
 * Benchmarks that nobody made: a step costs its engine something before its first sample, and
 * something for each.
 *
 * @param gpuProblem why there is no GPU; null if there is one
 * @param openCl what OpenCL's device is; null if none is in the plan
 * @param measured of how many rows, from the first on, there are rates; of fewer than all because
 *     the benchmark was interrupted, of none because no process survived
 */
public record MadeUpBenchmark(
    List<BenchEngine> engines,
    List<Precision> precisions,
    List<Integer> batchSizes,
    List<Integer> hidden,
    String gpuProblem,
    OpenClDevice.Kind openCl,
    int measured) {
  public static MadeUpBenchmark full() {
    return new MadeUpBenchmark(
        Results.enginesOfEveryBuild(),
        List.of(Precision.FLOAT),
        List.of(32, 1024, 32_768, 1_048_576),
        List.of(2),
        null,
        null,
        Integer.MAX_VALUE);
  }

  public MadeUpBenchmark withEngines(BenchEngine... few) {
    return new MadeUpBenchmark(
        List.of(few), precisions, batchSizes, hidden, gpuProblem, openCl, measured);
  }

  public MadeUpBenchmark withBatchSizes(Integer... sizes) {
    return new MadeUpBenchmark(
        engines, precisions, List.of(sizes), hidden, gpuProblem, openCl, measured);
  }

  public MadeUpBenchmark onFourNetworks() {
    return new MadeUpBenchmark(
        engines,
        List.of(Precision.values()),
        batchSizes,
        List.of(2, 64),
        gpuProblem,
        openCl,
        measured);
  }

  public MadeUpBenchmark withoutGpu(String problem) {
    return new MadeUpBenchmark(engines, precisions, batchSizes, hidden, problem, openCl, measured);
  }

  public MadeUpBenchmark upToRow(int count) {
    return new MadeUpBenchmark(engines, precisions, batchSizes, hidden, gpuProblem, openCl, count);
  }

  public MadeUpBenchmark withOpenCl(OpenClDevice.Kind kind) {
    return new MadeUpBenchmark(engines, precisions, batchSizes, hidden, gpuProblem, kind, measured);
  }

  public BenchResult result() {
    List<BenchCase> cases = plan().cases();
    List<BenchRow> rows =
        cases.stream().map(each -> row(each, cases.indexOf(each) < measured)).toList();
    return new BenchResult(
        BenchJson.SCHEMA_VERSION,
        measured == 0 || measured >= cases.size(),
        environment(),
        plan(),
        rows,
        List.of(),
        Fastest.all(plan(), rows),
        List.of(crossover()),
        Job.all(plan(), rows, List.of(1_000_000L, 10_000_000_000L)));
  }

  private Crossover crossover() {
    boolean there = gpuProblem == null && measured > 0;
    return new Crossover(
        Device.CPU,
        null,
        Device.CUDA,
        null,
        precisions.get(0),
        hidden.get(0),
        there ? Crossover.Verdict.FROM : Crossover.Verdict.NOT_MEASURED,
        there ? 500_000.0 : null,
        there ? 400_000.0 : null,
        there ? 700_000.0 : null,
        there ? null : gpuProblem,
        List.of());
  }

  private BenchPlan plan() {
    return new BenchPlan(
        openCl == null ? List.of(Device.CPU, Device.CUDA) : List.of(Device.values()),
        DeviceRequest.AUTO,
        engines,
        precisions,
        batchSizes,
        hidden,
        2,
        false,
        12,
        3,
        42);
  }

  private BenchEnvironment environment() {
    return new BenchEnvironment(
        "0.1.0",
        "0123456789abcdef0123456789abcdef01234567-modified",
        "1.0.0-M2.1",
        List.of("bench", "--devices", "cpu,cuda"),
        "2026-01-01T00:00:00Z",
        "Linux 6.1.0",
        "amd64",
        "a processor with a name of the usual length @ 3.00GHz",
        2,
        1L << 34,
        "17.0.13",
        Stream.of(
                new DeviceState(Device.CPU, "a processor", null),
                new DeviceState(Device.CUDA, gpuProblem == null ? "a card" : "", gpuProblem),
                new DeviceState(Device.OPENCL, 1, openCl, "another card, driver 1", null))
            .filter(state -> plan().devices().contains(state.device()))
            .toList());
  }

  private BenchRow row(BenchCase of, boolean reached) {
    boolean there = reached && (of.device() != Device.CUDA || gpuProblem == null);
    double step = secondsPerStep(of);
    double rate = of.batchSize() / step;
    double spread = of.batchSize() > 1000 ? 0.03 : 0.35;
    return new BenchRow(
        of.device(),
        of.engine(),
        of.precision(),
        of.batchSize(),
        of.hidden(),
        there ? new MedianInterval(rate, rate * (1 - spread), rate * (1 + spread)) : null,
        there ? List.of(rate) : List.of(),
        there ? List.of(new Repetition(1, 1, step)) : List.of(),
        there ? new BenchRow.Noise(spread / 2, spread, spread > 0.05) : null,
        there ? parts(of, step) : null,
        there ? new Memory(290L << 20, of.device() == Device.CPU ? null : 1L << 30) : null,
        of.device() == Device.CUDA
            ? gpuProblem
            : measured == 0 ? "its process ended with exit code 137" : null);
  }

  private static BenchRow.Parts parts(BenchCase of, double step) {
    double copy = of.device() == Device.CPU ? 5e-6 : 3e-5 + of.batchSize() * 1.2e-9;
    return new BenchRow.Parts(
        0.15, 5.2, 1.5, 5e-4 + of.batchSize() * 1e-9, copy, 2, step, of.hidden() > 2 ? 1 : 0, 0, 0);
  }

  private static double secondsPerStep(BenchCase of) {
    boolean cpu = of.device() == Device.CPU;
    double size = of.hidden() / 2.0 * (of.precision() == Precision.DOUBLE ? 2 : 1);
    return switch (of.engine()) {
      case DL4J_FIT -> (cpu ? 6e-4 : 9e-4) + of.batchSize() * size * (cpu ? 6e-8 : 1.1e-9);
      case DL4J -> (cpu ? 4e-4 : 7e-4) + of.batchSize() * size * (cpu ? 4e-8 : 6e-10);
      case FUSED, SPARK -> (cpu ? 4e-7 : 4e-5) + of.batchSize() * size * (cpu ? 1.3e-9 : 3e-10);
      case REFERENCE -> 2e-6 + of.batchSize() * size * 4e-8;
    };
  }
}
