package io.github.sumnet.gradcheck.step;

import io.github.sumnet.gradcheck.arithmetic.BoundedArithmetic;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import java.util.Map;

/**
 * One watched step beside what it should have been.
 *
 * @param before the parameters before the step
 * @param samples its batch
 * @param truth what every stage's values are
 * @param bounds how far rounding can take the computed ones from that
 * @param seen what was computed
 * @param previous the step before; null for a design's first
 * @param rate the learning rate
 * @param precision the judged precision
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with another
public record Evidence(
    double[] before,
    Samples samples,
    ExpectedStep truth,
    Map<Stage, double[]> bounds,
    Observation seen,
    Evidence previous,
    double rate,
    Precision precision) {

  public DenseNetwork network() {
    return truth.network();
  }

  /** How far rounding by this model could take the computed values. */
  public Map<Stage, double[]> bounds(BoundedArithmetic model) {
    return truth.bounds(model, before, samples, rate);
  }
}
