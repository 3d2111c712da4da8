package io.github.sumnet.simd;

import static jdk.incubator.vector.VectorOperators.I2D;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.data.GridSampler;
import io.github.sumnet.network.SplitMix64;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * SplitMix64 on two vectors of eight words: the words of samples 0, 2, 4… and those of 1, 3, 5…. Of
 * two 32-bit halves, one from each, come the inputs of two neighbours, in one 64-bit lane.
 */
public final class VectorGridSampler implements GridSampler {
  private static final int GROUP = 16;
  private static final int WORDS = LongVector.SPECIES_512.length();
  private static final long UPPER_HALF = 0xFFFFFFFF00000000L;
  private static final long LOWER_HALF = 0xFFFFFFFFL;

  @Override
  public int group() {
    return GROUP;
  }

  /** Multiplying vectors of long takes AVX-512; elsewhere the JDK does it lane by lane. */
  @Override
  public boolean isFast() {
    return LongVector.SPECIES_PREFERRED.length() >= WORDS;
  }

  @Override
  public void fill(FloatBatch batch, int from, int to, long counter, Grid grid) {
    float[] x1 = batch.x1Column();
    float[] x2 = batch.x2Column();
    float[] y = batch.yColumn();
    LongVector points = LongVector.broadcast(LongVector.SPECIES_512, grid.points());
    IntVector firstIndex = IntVector.broadcast(IntVector.SPECIES_512, grid.firstIndex());
    FloatVector spacing = FloatVector.broadcast(FloatVector.SPECIES_512, (float) grid.spacing());
    LongVector evenCounters = counters(counter);
    for (int i = from; i < to; i += GROUP) {
      LongVector counters = evenCounters.add((i - from) * SplitMix64.GOLDEN_GAMMA);
      LongVector even = mix(counters);
      LongVector odd = mix(counters.add(SplitMix64.GOLDEN_GAMMA));
      IntVector index1 = upperIndices(even, odd, points).add(firstIndex);
      IntVector index2 = lowerIndices(even, odd, points).add(firstIndex);
      FloatVector in1 =
          ((FloatVector) index1.convertShape(I2F, FloatVector.SPECIES_512, 0)).mul(spacing);
      FloatVector in2 =
          ((FloatVector) index2.convertShape(I2F, FloatVector.SPECIES_512, 0)).mul(spacing);
      in1.intoArray(x1, i);
      in2.intoArray(x2, i);
      in1.add(in2).intoArray(y, i);
    }
  }

  @Override
  public void fill(DoubleBatch batch, int from, int to, long counter, Grid grid) {
    double[] x1 = batch.x1Column();
    double[] x2 = batch.x2Column();
    double[] y = batch.yColumn();
    LongVector points = LongVector.broadcast(LongVector.SPECIES_512, grid.points());
    IntVector firstIndex = IntVector.broadcast(IntVector.SPECIES_512, grid.firstIndex());
    DoubleVector spacing = DoubleVector.broadcast(DoubleVector.SPECIES_512, grid.spacing());
    LongVector evenCounters = counters(counter);
    for (int i = from; i < to; i += GROUP) {
      LongVector counters = evenCounters.add((i - from) * SplitMix64.GOLDEN_GAMMA);
      LongVector even = mix(counters);
      LongVector odd = mix(counters.add(SplitMix64.GOLDEN_GAMMA));
      IntVector index1 = upperIndices(even, odd, points).add(firstIndex);
      IntVector index2 = lowerIndices(even, odd, points).add(firstIndex);
      for (int part = 0; part < 2; part++) {
        DoubleVector in1 =
            ((DoubleVector) index1.convertShape(I2D, DoubleVector.SPECIES_512, part)).mul(spacing);
        DoubleVector in2 =
            ((DoubleVector) index2.convertShape(I2D, DoubleVector.SPECIES_512, part)).mul(spacing);
        in1.intoArray(x1, i + part * WORDS);
        in2.intoArray(x2, i + part * WORDS);
        in1.add(in2).intoArray(y, i + part * WORDS);
      }
    }
  }

  /** The finaliser's arguments for samples 0, 2, 4…. */
  private static LongVector counters(long counter) {
    return LongVector.zero(LongVector.SPECIES_512)
        .addIndex(1)
        .mul(2 * SplitMix64.GOLDEN_GAMMA)
        .add(counter);
  }

  /** {@link SplitMix64#mix}. */
  private static LongVector mix(LongVector z) {
    LongVector once = z.lanewise(XOR, z.lanewise(LSHR, 30)).mul(0xBF58476D1CE4E5B9L);
    LongVector twice = once.lanewise(XOR, once.lanewise(LSHR, 27)).mul(0x94D049BB133111EBL);
    return twice.lanewise(XOR, twice.lanewise(LSHR, 31));
  }

  /** Grid points for the upper halves of the words, sample after sample. */
  private static IntVector upperIndices(LongVector even, LongVector odd, LongVector points) {
    return neighbours(
        even.lanewise(LSHR, Integer.SIZE).mul(points),
        odd.lanewise(LSHR, Integer.SIZE).mul(points));
  }

  /** Grid points for the lower halves. */
  private static IntVector lowerIndices(LongVector even, LongVector odd, LongVector points) {
    return neighbours(even.and(LOWER_HALF).mul(points), odd.and(LOWER_HALF).mul(points));
  }

  /** The upper halves of both, alternating: little-endian, the even one comes first. */
  private static IntVector neighbours(LongVector even, LongVector odd) {
    return even.lanewise(LSHR, Integer.SIZE).or(odd.and(UPPER_HALF)).reinterpretAsInts();
  }
}
