package io.github.sumnet.data;

import io.github.sumnet.network.SplitMix64;
import java.util.Objects;

/**
 * Generated samples: x1 and x2 uniform on the grid of an {@link InputRange}, y = x1 + x2.
 *
 * <p>Sample i is a pure function of (seed, i): the SplitMix64 finaliser (Steele, Lea, Flood 2014)
 * of the i-th value of a Weyl sequence. One 64-bit word gives both inputs, 32 bits each. The grid
 * makes all three columns exact in float, so float and double batches hold the same numbers.
 */
public final class SyntheticBatches implements BatchSource {
  private static final long HELD_OUT = 0x68656C642D6F7574L;

  private final long origin;
  private final long firstGridIndex;
  private final long gridPoints;
  private final double grid;
  private final long samples;

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
    this.firstGridIndex = range.firstGridIndex();
    this.gridPoints = range.gridPoints();
    this.grid = range.grid();
    this.samples = samples;
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
  public void read(long first, int count, Batch into) {
    Objects.checkFromIndexSize(first, count, samples);
    into.resize(count);
    if (into instanceof FloatBatch batch) {
      read(first, count, batch.x1Column(), batch.x2Column(), batch.yColumn());
    } else if (into instanceof DoubleBatch batch) {
      read(first, count, batch.x1Column(), batch.x2Column(), batch.yColumn());
    }
  }

  /** Inputs and sum are at most 2^24 grid points, so floats hold every value here exactly. */
  private void read(long first, int count, float[] x1, float[] x2, float[] y) {
    float step = (float) grid;
    long state = origin + first * SplitMix64.GOLDEN_GAMMA;
    for (int i = 0; i < count; i++) {
      state += SplitMix64.GOLDEN_GAMMA;
      long word = SplitMix64.mix(state);
      int index1 = gridIndex(word >>> 32);
      int index2 = gridIndex(word & 0xFFFFFFFFL);
      x1[i] = index1 * step;
      x2[i] = index2 * step;
      y[i] = (index1 + index2) * step;
    }
  }

  private void read(long first, int count, double[] x1, double[] x2, double[] y) {
    long state = origin + first * SplitMix64.GOLDEN_GAMMA;
    for (int i = 0; i < count; i++) {
      state += SplitMix64.GOLDEN_GAMMA;
      long word = SplitMix64.mix(state);
      int index1 = gridIndex(word >>> 32);
      int index2 = gridIndex(word & 0xFFFFFFFFL);
      x1[i] = index1 * grid;
      x2[i] = index2 * grid;
      y[i] = (index1 + index2) * grid;
    }
  }

  /** Maps 32 random bits to the grid; the bias is at most gridPoints / 2^32, none by default. */
  private int gridIndex(long bits32) {
    return (int) (firstGridIndex + ((bits32 * gridPoints) >>> 32));
  }
}
