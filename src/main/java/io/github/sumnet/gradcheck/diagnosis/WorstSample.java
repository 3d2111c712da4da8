package io.github.sumnet.gradcheck.diagnosis;

import java.util.List;

/**
 * The sample of a failing step that is furthest off, with what was computed and what is true.
 *
 * @param index its place in the step's batch, from 0
 * @param values its intermediate values
 */
public record WorstSample(int index, double x1, double x2, double y, List<Value> values) {
  /** An intermediate value such as z1, a1, slope1, zo, prediction, deltaOutput. */
  public record Value(String name, double engine, double truth) {}
}
