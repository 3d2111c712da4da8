package io.github.sumnet.engine.chunk;

import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.network.Precision;

/**
 * One in the host's memory.
 *
 * @param values flat, in the model's layout; valid in its precision
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HostSum(double[] values, Precision precision) implements GradientSum {
  @Override
  public HostSum copy() {
    return new HostSum(values.clone(), precision);
  }

  @Override
  public void add(GradientSum other) {
    double[] more = ((HostSum) other).values;
    for (int k = 0; k < values.length; k++) {
      values[k] = precision.round(values[k] + more[k]);
    }
  }

  @Override
  public void storeIn(Dl4jModel model) {
    model.setGradientSum(values);
  }
}
