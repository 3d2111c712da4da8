package io.github.sumnet.gradcheck.step;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one training step was seen to compute, stage by stage. */
public final class Observation {
  private final Map<Stage, double[]> values;

  /** An observation of these stages. */
  public Observation(Map<Stage, double[]> values) {
    this.values = Map.copyOf(values);
  }

  /** What a step in some arithmetic came to, as doubles. */
  public static <T> Observation of(TrainingStep<T> step) {
    Map<Stage, double[]> values = new HashMap<>();
    for (Stage stage : Stage.all(step.network())) {
      List<T> numbers = step.at(stage);
      values.put(stage, numbers.stream().mapToDouble(step.math()::toDouble).toArray());
    }
    return new Observation(values);
  }

  /** The stage's values; not a copy. */
  public double[] at(Stage stage) {
    return values.get(stage);
  }

  /** Whether every value has the same bits. */
  public boolean sameBits(Observation other) {
    return values.keySet().stream().allMatch(stage -> Arrays.equals(at(stage), other.at(stage)));
  }
}
