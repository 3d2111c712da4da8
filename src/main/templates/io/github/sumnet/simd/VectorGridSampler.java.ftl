<#include "/types.ftl">
package io.github.sumnet.simd;

import static jdk.incubator.vector.VectorOperators.I2D;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.data.GridSampler;
import io.github.sumnet.network.SplitMix64;
import java.util.stream.LongStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * SplitMix64 on two vectors of eight words: the words of samples 0, 2, 4… and those of 1, 3, 5…. Of
 * two 32-bit halves, one from each, come the inputs of two neighbours, in one 64-bit lane.
 *
 * <p>Long loops without calls of methods of their own, for the reason that {@link FloatPairKernel}
 * has: they must be too large for the JIT compiler to inline, and nest no calls. Methods are called on
 * what another operation has computed, for the reason that sigmoid.ftl has.
 */
public final class VectorGridSampler implements GridSampler {
  private static final int GROUP = 16;
  private static final int WORDS = LongVector.SPECIES_512.length();

  /** Of the counters of samples 0, 2, 4… from the first one's. */
  private static final long[] EVEN_OFFSETS =
      LongStream.range(0, WORDS).map(k -> 2 * k * SplitMix64.GOLDEN_GAMMA).toArray();

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
<@twins>

  @Override
  public void fill(${Type}Batch batch, int from, int to, long counter, Grid grid) {
    ${type}[] x1 = batch.x1Column();
    ${type}[] x2 = batch.x2Column();
    ${type}[] y = batch.yColumn();
    LongVector offsets = LongVector.fromArray(LongVector.SPECIES_512, EVEN_OFFSETS, 0);
    LongVector factor1 = LongVector.broadcast(LongVector.SPECIES_512, SplitMix64.FACTOR_1);
    LongVector factor2 = LongVector.broadcast(LongVector.SPECIES_512, SplitMix64.FACTOR_2);
    LongVector points = LongVector.broadcast(LongVector.SPECIES_512, grid.points());
    LongVector upperHalf = LongVector.broadcast(LongVector.SPECIES_512, UPPER_HALF);
    LongVector lowerHalf = LongVector.broadcast(LongVector.SPECIES_512, LOWER_HALF);
    IntVector firstIndex = IntVector.broadcast(IntVector.SPECIES_512, grid.firstIndex());
    ${Type}Vector spacing = ${Type}Vector.broadcast(${Type}Vector.SPECIES_512, ${narrowing}grid.spacing());
    for (int i = from; i < to; i += GROUP) {
      LongVector counters = offsets.add(counter + (i - from) * SplitMix64.GOLDEN_GAMMA);
      LongVector even = counters.lanewise(XOR, counters.lanewise(LSHR, 30)).mul(factor1);
      LongVector odd = counters.add(SplitMix64.GOLDEN_GAMMA);
      odd = odd.lanewise(XOR, odd.lanewise(LSHR, 30)).mul(factor1);
      even = even.lanewise(XOR, even.lanewise(LSHR, 27)).mul(factor2);
      odd = odd.lanewise(XOR, odd.lanewise(LSHR, 27)).mul(factor2);
      even = even.lanewise(XOR, even.lanewise(LSHR, 31));
      odd = odd.lanewise(XOR, odd.lanewise(LSHR, 31));

      // Little-endian: of a 64-bit lane the lower half, the even sample's, comes first.
      LongVector even1 = even.lanewise(LSHR, Integer.SIZE).mul(points);
      LongVector odd1 = odd.lanewise(LSHR, Integer.SIZE).mul(points);
      LongVector pairs1 = even1.lanewise(LSHR, Integer.SIZE).or(odd1.and(upperHalf));
      LongVector even2 = even.and(lowerHalf).mul(points);
      LongVector odd2 = odd.and(lowerHalf).mul(points);
      LongVector pairs2 = even2.lanewise(LSHR, Integer.SIZE).or(odd2.and(upperHalf));
      IntVector index1 = firstIndex.add(pairs1.reinterpretAsInts());
      IntVector index2 = firstIndex.add(pairs2.reinterpretAsInts());
<#if type == "float">
      FloatVector in1 =
          spacing.mul(index1.convertShape(I2F, FloatVector.SPECIES_512, 0));
      FloatVector in2 =
          spacing.mul(index2.convertShape(I2F, FloatVector.SPECIES_512, 0));
      in1.intoArray(x1, i);
      in2.intoArray(x2, i);
      in1.add(in2).intoArray(y, i);
<#else>
      for (int part = 0; part < 2; part++) {
        DoubleVector in1 =
            spacing.mul(index1.convertShape(I2D, DoubleVector.SPECIES_512, part));
        DoubleVector in2 =
            spacing.mul(index2.convertShape(I2D, DoubleVector.SPECIES_512, part));
        in1.intoArray(x1, i + part * WORDS);
        in2.intoArray(x2, i + part * WORDS);
        in1.add(in2).intoArray(y, i + part * WORDS);
      }
</#if>
    }
  }
</@twins>
}
