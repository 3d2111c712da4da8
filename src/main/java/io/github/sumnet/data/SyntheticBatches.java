package io.github.sumnet.data;

import io.github.sumnet.data.VectorServices.WarmUp;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.SplitMix64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Generated samples: x1 and x2 uniform on the grid of an {@link InputRange}, y = x1 + x2.
 *
 * <p>Sample i is a pure function of (seed, i): the SplitMix64 finaliser (Steele, Lea, Flood 2014)
 * of the i-th value of a Weyl sequence. One 64-bit word gives both inputs, 32 bits each. The grid
 * makes all three columns exact in float, so float and double batches hold the same numbers.
 */
public final class SyntheticBatches implements BatchSource {
  private static final long HELD_OUT = 0x68656C642D6F7574L;

  private static final GridSampler ONE_BY_ONE = new PlainGridSampler();

  /** Samples that are generated to warm up. */
  private static final int WARM_UP = 1024;

  /** What the JIT compiler has compiled is the whole JVM's. */
  private static final Map<Precision, WarmUp> WARM_UPS = new ConcurrentHashMap<>();

  private final long origin;
  private final GridSampler.Grid grid;
  private final long samples;
  private final GridSampler groups;

  /**
   * The samples of a seed.
   *
   * @param samples how many there are in an epoch, at least 1
   */
  public SyntheticBatches(long seed, InputRange range, long samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("an epoch has at least one sample, not " + samples);
    }
    this.origin = SplitMix64.mix(seed);
    this.grid =
        new GridSampler.Grid(
            Math.toIntExact(range.firstGridIndex()), range.gridPoints(), range.grid());
    this.samples = samples;
    this.groups =
        VectorServices.find(GridSampler.class).filter(GridSampler::isFast).orElse(ONE_BY_ONE);
  }

  /** Samples from the same range that training on the seed never sees: another sequence. */
  public static SyntheticBatches heldOut(long seed, InputRange range, long samples) {
    return new SyntheticBatches(SplitMix64.mix(seed) ^ HELD_OUT, range, samples);
  }

  @Override
  public long samples() {
    return samples;
  }

  @Override
  public void refer(long first, int count, Batch batch) {
    Objects.checkFromIndexSize(first, count, samples);
    batch.referTo(new GeneratedSamples(this, first, counter(first), grid), count);
  }

  private long counter(long sample) {
    return origin + (sample + 1) * SplitMix64.GOLDEN_GAMMA;
  }

  @Override
  public void read(long first, int count, Batch into) {
    Objects.checkFromIndexSize(first, count, samples);
    into.resize(count);
    long counter = counter(first);
    int grouped = isFast(into.precision()) ? count - count % groups.group() : 0;
    fill(groups, into, 0, grouped, counter);
    fill(ONE_BY_ONE, into, grouped, count, counter + grouped * SplitMix64.GOLDEN_GAMMA);
  }

  private boolean isFast(Precision precision) {
    return groups == ONE_BY_ONE || WARM_UPS.computeIfAbsent(precision, this::warmUp).isOver();
  }

  private WarmUp warmUp(Precision precision) {
    Batch fast = Batch.allocate(precision, WARM_UP);
    Batch slow = Batch.allocate(precision, WARM_UP);
    fast.resize(WARM_UP);
    slow.resize(WARM_UP);
    return WarmUp.begin(
        () -> fill(groups, fast, 0, WARM_UP, origin),
        () -> fill(ONE_BY_ONE, slow, 0, WARM_UP, origin),
        () ->
            IntStream.range(0, WARM_UP)
                .allMatch(
                    i ->
                        fast.x1(i) == slow.x1(i)
                            && fast.x2(i) == slow.x2(i)
                            && fast.y(i) == slow.y(i)));
  }

  /** Begins to warm up what generates samples in this precision. */
  public static void warmUp(InputRange range, Precision precision) {
    new SyntheticBatches(0, range, 1).isFast(precision);
  }

  private void fill(GridSampler sampler, Batch into, int from, int to, long counter) {
    if (into instanceof FloatBatch batch) {
      sampler.fill(batch, from, to, counter, grid);
    } else if (into instanceof DoubleBatch batch) {
      sampler.fill(batch, from, to, counter, grid);
    }
  }
}
