package io.github.sumnet.engine;

import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.WorkedExample;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Time per training step with Adam, data in memory, all cores. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class StepBenchmark {
  @Param({"FUSED", "DL4J"})
  EngineType engineType;

  @Param({"32", "1024", "8192", "65536", "1048576"})
  int batchSize;

  private Engine engine;
  private ResidentChunks chunks;

  /** Makes the engine and its data. */
  @Setup
  public void prepare() throws InterruptedException {
    BackendBinding.bind(Device.CPU);
    boolean fused = engineType == EngineType.FUSED;
    EngineSpec spec =
        new EngineSpec(
            engineType,
            Device.CPU,
            Precision.FLOAT,
            Topology.DEFAULT,
            new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.01, Schedule.CONSTANT),
            Runtime.getRuntime().availableProcessors());
    engine = Engine.create(spec, WorkedExample.WEIGHTS);
    chunks =
        new ResidentChunks(
            Precision.FLOAT, batchSize, fused ? Slicing.FUSED_CHUNK : Slicing.CPU_CHUNK);
  }

  /** One step. */
  @Benchmark
  public double step() throws InterruptedException {
    return engine.step(chunks, chunks.size(), 0, false);
  }

  /** Frees the engine. */
  @TearDown
  public void close() {
    engine.close();
  }
}
