package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.network.Precision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time per generated sample, one thread, into a chunk of the fused engine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class GeneratorBenchmark {
  private static final int SAMPLES = 8_192;

  @Param({"FLOAT", "DOUBLE"})
  Precision precision;

  private final SyntheticBatches source =
      new SyntheticBatches(1, InputRange.DEFAULT, Long.MAX_VALUE / 4);
  private Batch batch;
  private long first;

  /** Allocates the batch. */
  @Setup
  public void prepare() {
    batch = Batch.allocate(precision, SAMPLES);
  }

  /** The next samples. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public Batch samples() {
    source.read(first, SAMPLES, batch);
    first += SAMPLES;
    return batch;
  }
}
