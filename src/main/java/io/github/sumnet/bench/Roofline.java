package io.github.sumnet.bench;

import io.github.sumnet.network.Precision;

/**
 * What a training step of this network costs at least for each sample, whatever computes it, and
 * what rate the machine's ceilings allow.
 *
 * <p>Floating-point operations, a fused multiply-add counted as two, counted in the fused engine's
 * kernels:
 *
 * <ul>
 *   <li>a sigmoid, e/(1+e) with e = e^−|z| from a polynomial of degree d: 2 for the exponent, 1 for
 *       its rounding, 4 for the remainder, 2d for the polynomial, 3 for the sum, the quotient and
 *       the product: 10 + 2d, that is 20 in float (d = 5) and 32 in double (d = 11);
 *   <li>each of H hidden units: 3 for z, a sigmoid, 2 for its delta, 6 for the sums of three
 *       gradients;
 *   <li>the output: 2H − 1 for z, a sigmoid, 3 for residual and delta, 2 for the loss.
 * </ul>
 *
 * <p>Together H·(11 + 10 + 2d) + 2H − 1 + 10 + 2d + 5: 33H + 24 in float, 45H + 36 in double. The
 * updater's work does not depend on the batch and is left out. Integer operations and bit
 * operations are left out as well, so the ceiling is one that no program reaches.
 *
 * <p>Bytes: x1, x2 and y are read once, weights and sums stay in registers.
 */
public final class Roofline {
  private static final int COLUMNS = 3;

  private Roofline() {}

  /** Floating-point operations for one sample. */
  public static long operations(int hidden, Precision precision) {
    int degree = precision == Precision.FLOAT ? 5 : 11;
    long sigmoid = 10 + 2L * degree;
    return hidden * (3 + sigmoid + 2 + 6) + (2L * hidden - 1) + sigmoid + 3 + 2;
  }

  /** Bytes that are read for one sample. */
  public static long bytes(Precision precision) {
    return (long) COLUMNS * precision.bytes();
  }

  /**
   * How a rate stands against the ceilings.
   *
   * @return null if the ceilings do not cover the case
   */
  static BenchRow.Limit limit(BenchCase benchCase, double samplesPerSecond, MachineLimits limits) {
    long data = bytes(benchCase.precision()) * benchCase.batchSize();
    MachineLimits.Reading reading =
        limits.reading().stream().filter(r -> r.bytes() == data).findFirst().orElse(null);
    if (reading == null) {
      return null;
    }
    double peak =
        benchCase.precision() == Precision.FLOAT
            ? limits.floatOperations()
            : limits.doubleOperations();
    double arithmetic = peak / operations(benchCase.hidden(), benchCase.precision());
    double memory = reading.bytesPerSecond() / bytes(benchCase.precision());
    double ceiling = Math.min(arithmetic, memory);
    return new BenchRow.Limit(
        ceiling,
        arithmetic <= memory ? Ceiling.ARITHMETIC : Ceiling.MEMORY,
        samplesPerSecond / ceiling);
  }
}
