package io.github.sumnet.network;

/**
 * SplitMix64 (Steele, Lea, Flood 2014): numbers of a Weyl sequence, scrambled by a finaliser in
 * which one bit of the argument changes about half the bits of the result.
 */
public final class SplitMix64 {
  /** 2^64 divided by the golden ratio, made odd: the increment of the sequence. */
  public static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** The finaliser's multipliers. */
  public static final long FACTOR_1 = 0xBF58476D1CE4E5B9L;

  public static final long FACTOR_2 = 0x94D049BB133111EBL;

  private SplitMix64() {}

  /** The finaliser: maps 64-bit words one to one, so that neighbours become unlike. */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * FACTOR_1;
    z = (z ^ (z >>> 27)) * FACTOR_2;
    return z ^ (z >>> 31);
  }
}
