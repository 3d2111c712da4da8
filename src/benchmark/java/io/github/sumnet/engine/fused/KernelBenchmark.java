package io.github.sumnet.engine.fused;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.XavierInit;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time per sample of forward, loss and all gradients, one thread, data in memory.
 *
 * <p>The time depends on where the JVM places the kernel's arrays, by a factor of up to 2: values
 * that cross a cache line and addresses that agree in their lowest 12 bits cost time. Each iteration
 * has a batch and a kernel at places of its own. Compare medians of many iterations and several
 * JVMs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, timeUnit = TimeUnit.MILLISECONDS, time = 200)
@Fork(4)
public class KernelBenchmark {
  private static final int SAMPLES = 65_536;

  @Param({"FLOAT", "DOUBLE"})
  Precision precision;

  @Param({"1", "2", "3", "8", "64"})
  int hidden;

  @Param({"vectors", "loop"})
  String kernel;

  private final Random random = new Random(1);
  private byte[] padding;
  private Batch batch;
  private FusedPass pass;

  /** Makes the batch and the kernel, the kernel's arrays at a random multiple of 8 bytes. */
  @Setup(Level.Iteration)
  public void prepare() throws InterruptedException {
    Topology topology = new Topology(hidden);
    SyntheticBatches samples = new SyntheticBatches(1, InputRange.DEFAULT, SAMPLES);
    batch = Batch.allocate(precision, SAMPLES);
    samples.read(0, SAMPLES, batch);
    padding = new byte[random.nextInt(4096)];
    boolean vectors = kernel.equals("vectors");
    pass =
        switch (precision) {
          case FLOAT ->
              new FloatPass(
                  topology, vectors ? Kernels.floats(topology) : new FloatLoop(topology));
          case DOUBLE ->
              new DoublePass(
                  topology, vectors ? Kernels.doubles(topology) : new DoubleLoop(topology));
        };
    pass.begin(XavierInit.weights(topology, 1).toArray());
  }

  /** Both passes over the batch. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public double[] bothPasses() {
    return pass.sums(batch);
  }
}
