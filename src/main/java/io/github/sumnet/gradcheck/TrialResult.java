package io.github.sumnet.gradcheck;

import io.github.sumnet.network.Precision;

/**
 * What came of random trials of a healthy engine in one precision.
 *
 * @param trials how many there were
 * @param alarms in how many a value was called wrong
 * @param values how many values were judged
 * @param inconclusive how many of them could not be
 * @param worstErrorOverBound the largest error in units of its bound, of values that are not at a
 *     floor
 * @param toleranceAlarms in how many trials a relative tolerance of 1e-3 of the gradient would have
 *     raised an alarm
 */
public record TrialResult(
    Precision precision,
    long trials,
    long alarms,
    long values,
    long inconclusive,
    double worstErrorOverBound,
    long toleranceAlarms) {
  static TrialResult none(Precision precision) {
    return new TrialResult(precision, 0, 0, 0, 0, 0, 0);
  }

  TrialResult plus(TrialResult other) {
    return new TrialResult(
        precision,
        trials + other.trials,
        alarms + other.alarms,
        values + other.values,
        inconclusive + other.inconclusive,
        Math.max(worstErrorOverBound, other.worstErrorOverBound),
        toleranceAlarms + other.toleranceAlarms);
  }
}
