package io.github.sumnet.gradcheck.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sample of a failing step that is furthest off, with what was computed and what is true.
 *
 * @param index its place in the step's batch, from 0
 * @param inputs how many of the row's numbers are inputs
 * @param row the inputs, then the targets
 * @param values its intermediate values
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with another
public record WorstSample(int index, int inputs, double[] row, List<Value> values) {

  /** An intermediate value such as z1, a1, slope1, zo, prediction, deltaOutput. */
  public record Value(String name, double engine, double truth) {}

  /** The row's numbers by name: x1, x2, y; of several targets y1, y2. */
  public Map<String, Double> named() {
    Map<String, Double> named = new LinkedHashMap<>();
    int targets = row.length - inputs;
    for (int k = 0; k < row.length; k++) {
      String target = targets == 1 ? "y" : "y" + (k - inputs + 1);
      named.put(k < inputs ? "x" + (k + 1) : target, row[k]);
    }
    return named;
  }
}
