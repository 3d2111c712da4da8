package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.Message;
import io.github.sumnet.bench.run.Visit;
import io.github.sumnet.bench.statistics.Bootstrap;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.bench.statistics.Ratio;
import io.github.sumnet.bench.statistics.Repetition;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Results of benchmarks that nobody made. */
public final class Results {
  private Results() {}

  /** Those that a build without Spark has as well. */
  public static List<BenchEngine> enginesOfEveryBuild() {
    return Stream.of(BenchEngine.values()).filter(engine -> engine != BenchEngine.SPARK).toList();
  }

  public static BenchPlan plan() {
    return new BenchPlan(
        List.of(Device.CPU, Device.CUDA),
        DeviceRequest.AUTO,
        enginesOfEveryBuild(),
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
  public static BenchPlan planOf(DeviceRequest openCl) {
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

  public static BenchEnvironment environment() {
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
  public static BenchEnvironment environment(BenchEnvironment.DeviceState openCl) {
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

  /** What is said of a case in so many forks; more memory in each. */
  public static Stream<Visit> visits(BenchCase benchCase, int forks) {
    return IntStream.rangeClosed(1, forks)
        .boxed()
        .flatMap(
            fork ->
                Stream.of(
                        new Message.Started(1, 2),
                        new Message.Prepared(3),
                        new Message.WarmedUp(
                            6, true, new Message.Timed(4, true), new Message.Timed(5, false)),
                        new Message.Repeated(100, 1),
                        new Message.Finished(new Memory(null, 1000L * fork)))
                    .map(said -> new Visit(fork, benchCase, said)));
  }

  public static BenchRow row(BenchCase benchCase, List<Repetition> repetitions) {
    List<Double> raw =
        repetitions.stream().map(r -> r.samplesPerSecond(benchCase.batchSize())).toList();
    return new BenchRow(
        benchCase.device(),
        benchCase.engine(),
        benchCase.precision(),
        benchCase.batchSize(),
        benchCase.hidden(),
        raw.isEmpty() ? null : Bootstrap.of(benchCase, repetitions).interval(),
        raw,
        repetitions,
        null,
        raw.isEmpty() ? null : new BenchRow.Parts(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1, 0, 0),
        raw.isEmpty() ? null : new Memory(123L, null),
        raw.isEmpty() ? "not there" : null);
  }

  public static BenchResult result() {
    List<BenchCase> cases = plan().cases();
    return new BenchResult(
        BenchJson.SCHEMA_VERSION,
        false,
        environment(),
        plan(),
        List.of(
            row(cases.get(0), List.of(new Repetition(1, 100, 0.125), new Repetition(2, 7, 1e-9))),
            row(cases.get(1), List.of())),
        List.of(0.5),
        List.of(
            new Fastest(
                Device.CPU,
                Precision.FLOAT,
                2,
                32,
                BenchEngine.DL4J_FIT,
                new MedianInterval(2, null, null),
                List.of(BenchEngine.DL4J))),
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
                null,
                List.of(new Crossover.AtSize(32, new Ratio(1.5, 1.25, 2.0))))),
        List.of(
            new Job(
                Precision.FLOAT,
                2,
                1_000_000,
                List.of(new Job.Choice(Device.CPU, BenchEngine.DL4J_FIT, 32, 1.5)))));
  }
}
