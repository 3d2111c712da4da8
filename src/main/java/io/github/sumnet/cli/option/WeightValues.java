package io.github.sumnet.cli.option;

import io.github.sumnet.explain.DecimalInput;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Weights as they are written on the command line. */
public record WeightValues(List<BigDecimal> values) {
  /**
   * Numbers with commas between them.
   *
   * @throws IllegalArgumentException unless all of them are numbers
   */
  public static WeightValues parse(String text) {
    return new WeightValues(Arrays.stream(text.split(",", -1)).map(DecimalInput::parse).toList());
  }

  /** In the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return values.stream().map(BigDecimal::toString).collect(Collectors.joining(","));
  }
}
