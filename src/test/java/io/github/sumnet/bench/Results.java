package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Results of benchmarks that nobody made. */
final class Results {
  private Results() {}

  static BenchPlan plan() {
    return new BenchPlan(
        List.of(Device.CPU, Device.CUDA),
        List.of(BenchEngine.values()),
        List.of(Precision.FLOAT),
        List.of(32, 1024),
        List.of(2),
        2,
        false,
        10,
        5,
        42);
  }

  /** The fused engine on the CPU and through OpenCL. */
  static BenchPlan planOf(DeviceRequest openCl) {
    return new BenchPlan(
        List.of(Device.CPU, Device.OPENCL),
        openCl,
        List.of(BenchEngine.FUSED),
        List.of(Precision.FLOAT),
        List.of(32, 1024),
        List.of(2),
        2,
        false,
        10,
        5,
        42);
  }

  static BenchEnvironment environment() {
    return new BenchEnvironment(
        "0.1.0",
        null,
        "1.0.0-M2.1",
        List.of("bench"),
        "2026-01-01T00:00:00Z",
        "Linux 6",
        "amd64",
        "a processor",
        2,
        1L << 34,
        "17",
        List.of(
            new BenchEnvironment.DeviceState(Device.CPU, "a processor", null),
            new BenchEnvironment.DeviceState(Device.CUDA, "", "no driver")));
  }

  /** The same place with an OpenCL device. */
  static BenchEnvironment environment(BenchEnvironment.DeviceState openCl) {
    BenchEnvironment without = environment();
    List<BenchEnvironment.DeviceState> devices = new ArrayList<>(without.devices());
    devices.add(openCl);
    return new BenchEnvironment(
        without.sumnet(),
        without.commit(),
        without.nd4j(),
        without.arguments(),
        without.start(),
        without.operatingSystem(),
        without.architecture(),
        without.processor(),
        without.cores(),
        without.memoryBytes(),
        without.jdk(),
        devices);
  }

  /** A warm-up, a repetition and a last visit in each fork; more memory in each. */
  static Stream<Visit> visits(BenchCase benchCase, int forks) {
    return IntStream.rangeClosed(1, forks)
        .boxed()
        .flatMap(
            fork ->
                Stream.of(
                    Visit.warmUp(
                        fork,
                        benchCase,
                        new Answer.Started(1, 2),
                        new Answer.Prepared(
                            3, new Answer.Timed(4, true), new Answer.Timed(5, false)),
                        new Answer.WarmedUp(6, true)),
                    Visit.repetition(fork, benchCase, new Answer.Repeated(100, 1)),
                    Visit.memory(fork, benchCase, new BenchRow.Memory(null, 1000L * fork))));
  }

  static BenchRow row(BenchCase benchCase, List<Repetition> repetitions) {
    List<Double> raw =
        repetitions.stream().map(r -> r.samplesPerSecond(benchCase.batchSize())).toList();
    return new BenchRow(
        benchCase.device(),
        benchCase.engine(),
        benchCase.precision(),
        benchCase.batchSize(),
        benchCase.hidden(),
        raw.isEmpty() ? null : new MedianInterval(raw.get(0), raw.get(0), raw.get(0)),
        raw,
        repetitions,
        null,
        raw.isEmpty() ? null : new BenchRow.Parts(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1, 0, 0),
        raw.isEmpty() ? null : new BenchRow.Memory(123L, null),
        raw.isEmpty() ? "not there" : null);
  }

  static BenchRow with(BenchRow row, MedianInterval rate) {
    return new BenchRow(
        row.device(),
        row.engine(),
        row.precision(),
        row.batchSize(),
        row.hidden(),
        rate,
        row.raw(),
        row.repetitions(),
        row.noise(),
        row.parts(),
        row.memory(),
        row.problem());
  }

  static BenchResult result() {
    List<BenchCase> cases = plan().cases();
    return new BenchResult(
        BenchResult.SCHEMA_VERSION,
        false,
        environment(),
        plan(),
        List.of(
            row(cases.get(0), List.of(new Repetition(1, 100, 0.125), new Repetition(2, 7, 1e-9))),
            row(cases.get(1), List.of())),
        List.of(
            new Crossover(
                Device.CPU,
                BenchEngine.DL4J,
                Device.CPU,
                BenchEngine.FUSED,
                Precision.FLOAT,
                2,
                Crossover.Verdict.FROM,
                100.5,
                null,
                200.0,
                null)));
  }
}
