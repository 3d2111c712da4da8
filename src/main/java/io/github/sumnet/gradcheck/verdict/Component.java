package io.github.sumnet.gradcheck.verdict;

import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import io.github.sumnet.network.Precision;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * One number of the engine's beside the truth.
 *
 * @param name what it is called, such as a2, loss, w11
 * @param sample the sample that it belongs to, from 0; -1 if it belongs to the whole batch
 * @param weight the place of its weight in the order of the names; -1 if it belongs to none
 * @param engine what the engine computed
 * @param reference the same by the textbook in plain Java double
 * @param truth the same in decimal arithmetic
 * @param error |engine − truth|; not finite if the engine's value is not
 * @param bound how far rounding can take the engine's from the truth, at most; may be infinite
 * @param atFloor whether most of the bound is the smallest value of an exponential, which the
 *     engine meets by definition where the truth is smaller
 * @param referenceError |reference − truth|
 * @param referenceBound the bound of the reference
 */
public record Component(
    String name,
    int sample,
    int weight,
    double engine,
    double reference,
    BigDecimal truth,
    double error,
    double bound,
    boolean atFloor,
    double referenceError,
    double referenceBound) {
  /** Who is further from the truth than rounding explains. */
  public enum Dissenter {
    NOBODY,
    ENGINE,
    REFERENCE,
    BOTH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The error in units of the bound: above 1 is wrong, far below 1 says the bound is loose. 0 where
   * nothing can be said.
   */
  public double errorOverBound() {
    return error == 0 || bound == Double.POSITIVE_INFINITY ? 0 : error / bound;
  }

  /** The error as a share of the truth; NaN if the truth is 0. */
  public double relativeError() {
    return truth.signum() == 0 ? Double.NaN : error / Math.abs(DoubleDouble.toDouble(truth));
  }

  /** The error in units in the last place of the truth. */
  public double ulps(Precision precision) {
    return error / precision.ulp(DoubleDouble.toDouble(truth));
  }

  /**
   * By how much the computation may have amplified a rounding error: the bound in units of
   * u·|truth| for unit roundoff u.
   */
  public double conditionNumber(double unitRoundoff) {
    return bound / (unitRoundoff * Math.abs(DoubleDouble.toDouble(truth)));
  }

  public Verdict verdict() {
    return verdict(error, bound);
  }

  /** The verdict on the reference's value. */
  public Verdict referenceVerdict() {
    return verdict(referenceError, referenceBound);
  }

  /** Who is further from the truth than its own bound allows: the engine, the reference, both. */
  public Dissenter dissenter() {
    boolean engineIsWrong = verdict() == Verdict.FAIL;
    boolean referenceIsWrong = referenceVerdict() == Verdict.FAIL;
    if (engineIsWrong) {
      return referenceIsWrong ? Dissenter.BOTH : Dissenter.ENGINE;
    }
    return referenceIsWrong ? Dissenter.REFERENCE : Dissenter.NOBODY;
  }

  private Verdict verdict(double distance, double limit) {
    if (limit == Double.POSITIVE_INFINITY) {
      return Verdict.INCONCLUSIVE;
    }
    boolean within = distance <= limit;
    if (!within) {
      return Verdict.FAIL;
    }
    boolean certain = limit == 0 || limit < Math.abs(DoubleDouble.toDouble(truth));
    return certain ? Verdict.PASS : Verdict.INCONCLUSIVE;
  }
}
