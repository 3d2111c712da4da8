package io.github.sumnet.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.engine.textbook.Reference;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FusedPassTest {
  /** Weights of any scale, batches of any size: whole rows, rests, blocks and their neighbours. */
  private record Case(Topology topology, Weights weights, Batch batch) {
    static Case random(Precision precision, int hidden, int size, long seed) {
      Random random = new Random(seed);
      Topology topology = new Topology(hidden);
      double range = Math.pow(10, random.nextInt(5) - 1);
      Weights weights =
          Weights.of(
              topology,
              random
                  .doubles(topology.weightCount(), -range, range)
                  .map(precision::round)
                  .toArray());
      Batch batch = Batch.allocate(precision, size);
      batch.resize(size);
      for (int i = 0; i < size; i++) {
        batch.set(i, random.nextGaussian(), random.nextGaussian(), random.nextDouble());
      }
      return new Case(topology, weights, batch);
    }

    double[] sums(FusedPass pass) {
      pass.begin(weights.toArray());
      return pass.sums(batch).clone();
    }

    double[] predictions(FusedPass pass) {
      pass.begin(weights.toArray());
      return pass.predict(batch);
    }
  }

  private static FusedPass floats(Topology topology) {
    return new FloatPass(topology, Kernels.vectorised().orElseThrow().floats(topology));
  }

  @Example
  void the_tests_run_with_the_vector_module() {
    assertThat(Kernels.vectorised()).isPresent();
  }

  @Property(tries = 300)
  void vectors_leave_the_bits_of_the_plain_loop_in_float(
      @ForAll @IntRange(min = 1, max = 9) int hidden,
      @ForAll @IntRange(min = 1, max = 2100) int size,
      @ForAll long seed) {
    Case given = Case.random(Precision.FLOAT, hidden, size, seed);
    FusedPass vectors = floats(given.topology);
    FusedPass loop = new FloatPass(given.topology, new FloatLoop(given.topology));
    assertThat(given.sums(vectors)).containsExactly(given.sums(loop));
    assertThat(given.predictions(vectors)).containsExactly(given.predictions(loop));
  }

  @Property(tries = 300)
  void vectors_leave_the_bits_of_the_plain_loop_in_double(
      @ForAll @IntRange(min = 1, max = 9) int hidden,
      @ForAll @IntRange(min = 1, max = 2100) int size,
      @ForAll long seed) {
    Case given = Case.random(Precision.DOUBLE, hidden, size, seed);
    FusedPass vectors =
        new DoublePass(given.topology, Kernels.vectorised().orElseThrow().doubles(given.topology));
    FusedPass loop = new DoublePass(given.topology, new DoubleLoop(given.topology));
    assertThat(given.sums(vectors)).containsExactly(given.sums(loop));
    assertThat(given.predictions(vectors)).containsExactly(given.predictions(loop));
  }

  /** Always the same cases: no bound on the rounding of both is proved here. */
  @Property(tries = 100, seed = "1")
  void sums_are_those_of_the_reference(
      @ForAll @IntRange(min = 1, max = 5) int hidden,
      @ForAll @IntRange(min = 1, max = 2100) int size,
      @ForAll long seed) {
    Case given = Case.random(Precision.DOUBLE, hidden, size, seed);
    double[] sums =
        given.sums(
            new DoublePass(
                given.topology, Kernels.vectorised().orElseThrow().doubles(given.topology)));
    LossAndGradient expected = Reference.sum(given.weights, given.batch);
    double[] gradient = expected.gradient().toArray();
    double scale = 1;
    for (double weight : given.weights.toArray()) {
      scale = Math.max(scale, Math.abs(weight));
    }
    for (int k = 0; k < gradient.length; k++) {
      assertThat(sums[k]).isCloseTo(gradient[k], within(1e-13 * scale * size));
    }
    assertThat(sums[gradient.length] / 2).isCloseTo(expected.loss(), within(1e-12 * size));
  }

  @Property(tries = 50)
  void the_trace_is_what_the_sums_are_made_of(
      @ForAll @IntRange(min = 1, max = 4) int hidden, @ForAll long seed) {
    Case given = Case.random(Precision.FLOAT, hidden, 1, seed);
    FusedPass pass = floats(given.topology);
    double[] sums = given.sums(pass);
    Trace trace = Trace.allocate(given.topology, 1);
    pass.trace(trace, given.batch, 0);
    for (int j = 0; j < hidden; j++) {
      float a = (float) trace.a()[j];
      assertThat(sums[2 * hidden + j]).isEqualTo((float) trace.deltaOutput()[0] * a);
    }
    assertThat(given.predictions(pass)).containsExactly(trace.prediction());
  }

  /** Takes down which of the passes on vectors were asked for. */
  private record FloatVectors(FloatKernel kernel, Set<String> asked) implements FloatKernel {
    @Override
    public void addTo(float[] sums, FloatBatch batch, int from, int to, float[] weights) {
      asked.add("both");
      kernel.addTo(sums, batch, from, to, weights);
    }

    @Override
    public void predict(float[] outputs, FloatBatch batch, int from, int to, float[] weights) {
      asked.add("forward");
      kernel.predict(outputs, batch, from, to, weights);
    }
  }

  private record DoubleVectors(DoubleKernel kernel, Set<String> asked) implements DoubleKernel {
    @Override
    public void addTo(double[] sums, DoubleBatch batch, int from, int to, double[] weights) {
      asked.add("both");
      kernel.addTo(sums, batch, from, to, weights);
    }

    @Override
    public void predict(double[] outputs, DoubleBatch batch, int from, int to, double[] weights) {
      asked.add("forward");
      kernel.predict(outputs, batch, from, to, weights);
    }
  }

  @Example
  void floats_go_over_from_the_plain_loop_to_vectors() throws InterruptedException {
    Case given = Case.random(Precision.FLOAT, 3, 2100, 1);
    FloatKernel vectors = Kernels.vectorised().orElseThrow().floats(given.topology);
    Set<String> asked = ConcurrentHashMap.newKeySet();
    FusedPass warming =
        new FloatPass(
            given.topology,
            new FloatWarmingKernel(given.topology, new FloatVectors(vectors, asked)));
    assertThat(Kernels.floats(given.topology)).isInstanceOf(FloatWarmingKernel.class);
    takesOver(given, warming, floats(given.topology), asked);
  }

  @Example
  void doubles_go_over_from_the_plain_loop_to_vectors() throws InterruptedException {
    Case given = Case.random(Precision.DOUBLE, 3, 2100, 1);
    DoubleKernel vectors = Kernels.vectorised().orElseThrow().doubles(given.topology);
    Set<String> asked = ConcurrentHashMap.newKeySet();
    FusedPass warming =
        new DoublePass(
            given.topology,
            new DoubleWarmingKernel(given.topology, new DoubleVectors(vectors, asked)));
    assertThat(Kernels.doubles(given.topology)).isInstanceOf(DoubleWarmingKernel.class);
    takesOver(given, warming, new DoublePass(given.topology, vectors), asked);
  }

  /** Before and afterwards the bits are the same. Vectors that are no quicker never take over. */
  private static void takesOver(Case given, FusedPass warming, FusedPass vectors, Set<String> asked)
      throws InterruptedException {
    double[] sums = given.sums(vectors);
    double[] predictions = given.predictions(vectors);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    do {
      assertThat(given.sums(warming)).containsExactly(sums);
      assertThat(given.predictions(warming)).containsExactly(predictions);
      Thread.sleep(5);
    } while (asked.size() < 2 && System.nanoTime() < end);
    assumeTrue(asked.size() == 2, "vectors are no quicker here");
  }
}
