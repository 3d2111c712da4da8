package io.github.sumnet.gradcheck;

/**
 * One number of the engine's beside the reference's.
 *
 * @param name "loss" or the weight's name, such as w12
 * @param engine the mean over the batch that the engine computed
 * @param reference the same in plain Java double
 * @param bound how far apart rounding can put the two, at most
 */
public record Component(String name, double engine, double reference, double bound) {
  /** |engine − reference|. */
  public double error() {
    return Math.abs(engine - reference);
  }

  /** The error in units of the bound: above 1 is wrong, far below 1 says the bound is loose. */
  public double errorOverBound() {
    return error() == 0 ? 0 : error() / bound;
  }

  public Verdict verdict() {
    boolean within = error() <= bound;
    if (!within) {
      return Verdict.FAIL;
    }
    return bound < Math.abs(reference) ? Verdict.PASS : Verdict.INCONCLUSIVE;
  }
}
