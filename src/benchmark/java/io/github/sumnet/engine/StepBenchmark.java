package io.github.sumnet.engine;

import io.github.sumnet.engine.dl4j.Dl4jFit;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.ResidentChunks;
import io.github.sumnet.data.SyntheticBatches;
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

/**
 * Time per training step with Adam, data where the device computes, all cores, the memory options
 * of {@code sumnet train}: what {@code sumnet bench} measures, measured by somebody else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms96m", "-Xmn16m", "-XX:+AlwaysPreTouch"})
public class StepBenchmark {
  private static final UpdaterConfig ADAM =
      new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.01, Schedule.CONSTANT);

  private static final int SMALL_BATCH = 32;
  private static final int STEPS_OF_WARM_UP = 20_000;

  @Param({"DL4J_FIT", "DL4J", "FUSED"})
  BenchEngine engineType;

  @Param({"32", "1024", "32768", "1048576"})
  int batchSize;

  private interface Step {
    void run() throws InterruptedException;
  }

  private AutoCloseable computing;
  private Step step;

  /**
   * Makes the engine and its data. The JIT compiler optimises what was called some thousand times,
   * which large batches take minutes for: so small ones come first.
   */
  @Setup
  public void prepare() throws Exception {
    BackendBinding.bind(Device.CPU);
    prepare(SMALL_BATCH);
    for (int i = 0; i < STEPS_OF_WARM_UP; i++) {
      step.run();
    }
    computing.close();
    prepare(batchSize);
  }

  private void prepare(int samples) {
    if (engineType == BenchEngine.DL4J_FIT) {
      prepareFit(samples);
    } else {
      prepareEngine(engineType.type(), samples);
    }
  }

  private void prepareFit(int samples) {
    Dl4jFit fit = new Dl4jFit(Topology.DEFAULT, Precision.FLOAT, ADAM, WorkedExample.WEIGHTS);
    fit.load(chunks(samples, samples).take());
    computing = fit;
    step = fit::step;
  }

  private void prepareEngine(EngineType type, int samples) {
    int cores = Runtime.getRuntime().availableProcessors();
    EngineSpec spec =
        new EngineSpec(type, Device.CPU, Precision.FLOAT, Topology.DEFAULT, ADAM, cores);
    Engine engine = Engine.create(spec, WorkedExample.WEIGHTS);
    ResidentChunks chunks = chunks(samples, type.chunkSize(Device.CPU, samples));
    engine.hold(chunks.chunks());
    computing = engine;
    step = () -> engine.step(chunks, chunks.chunks().size(), 0, false);
  }

  private static ResidentChunks chunks(int samples, int chunkSize) {
    SyntheticBatches source = new SyntheticBatches(1, InputRange.DEFAULT, samples);
    return ResidentChunks.read(source, Precision.FLOAT, samples, chunkSize);
  }

  /** One step. */
  @Benchmark
  public void step() throws InterruptedException {
    step.run();
  }

  /** Frees the engine. */
  @TearDown
  public void close() throws Exception {
    computing.close();
  }
}
