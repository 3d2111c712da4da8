package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import java.util.List;
import java.util.Map;

/**
 * One watched step beside what it should have been.
 *
 * @param before the weights before the step
 * @param chunks its batch
 * @param truth what every stage's values are
 * @param bounds how far rounding can take the computed ones from that
 * @param seen what was computed
 * @param previous the step before; null for a design's first
 * @param rate the learning rate
 * @param precision the judged precision
 */
public record Evidence(
    Weights before,
    List<Batch> chunks,
    ExpectedStep truth,
    Map<Stage, double[]> bounds,
    Observation seen,
    Evidence previous,
    double rate,
    Precision precision) {}
