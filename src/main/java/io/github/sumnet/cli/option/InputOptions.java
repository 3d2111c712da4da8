package io.github.sumnet.cli.option;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.explain.DecimalInput;
import io.github.sumnet.explain.Inputs;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.XavierInit;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** The numbers of one training step on one sample; the worked example's unless others are given. */
public final class InputOptions {
  @Option(
      names = "--x1",
      paramLabel = "NUMBER",
      defaultValue = "1.1",
      description =
          "The first input, taken as the very decimal, such as 1.1, or hexadecimal, such as"
              + " 0x1.8p0 (default: ${DEFAULT-VALUE}).")
  BigDecimal x1;

  @Option(
      names = "--x2",
      paramLabel = "NUMBER",
      defaultValue = "2.2",
      description = "The second input (default: ${DEFAULT-VALUE}).")
  BigDecimal x2;

  @Option(
      names = "--target",
      paramLabel = "NUMBER",
      description = "The target y (default: x1 + x2).")
  BigDecimal target;

  @Option(
      names = "--learning-rate",
      paramLabel = "NUMBER",
      defaultValue = "0.1",
      description = "The learning rate η (default: ${DEFAULT-VALUE}).")
  BigDecimal learningRate;

  @Option(
      names = "--weights",
      paramLabel = "W11,W12,...",
      description =
          "All 3H weights: from x1 to the hidden units, from x2 to them, from them to the output"
              + " (default: the worked example's 0.2,0.3,0.4,0.7,0.6,-0.1 for 2 hidden units, else"
              + " drawn).")
  WeightValues weights;

  @Option(
      names = "--hidden",
      paramLabel = "H",
      description = "Hidden units (default: as many as the weights are for, or 2).")
  Integer hidden;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description =
          "What the weights are drawn from where they are neither given nor the worked example's"
              + " (default: ${DEFAULT-VALUE}).")
  long seed;

  /** The inputs in force; a value that is wrong, or beyond the precision's range, is refused. */
  public Inputs inputs(Precision precision) {
    Topology topology = topology();
    List<BigDecimal> chosenWeights = weights == null ? standardWeights(topology) : weights.values();
    BigDecimal y = target == null ? x1.add(x2) : target;
    requireFit("--x1", x1, precision);
    requireFit("--x2", x2, precision);
    requireFit("--target", y, precision);
    requireFit("--learning-rate", learningRate, precision);
    chosenWeights.forEach(weight -> requireFit("--weights", weight, precision));
    if (learningRate.signum() <= 0) {
      throw new OptionException("--learning-rate must be positive, not " + learningRate);
    }
    return new Inputs(topology, x1, x2, y, learningRate, chosenWeights);
  }

  private Topology topology() {
    if (weights == null) {
      int units = hidden == null ? Topology.DEFAULT.hidden() : hidden;
      return OptionException.checked("--hidden", () -> new Topology(units));
    }
    int count = weights.values().size();
    if (count % 3 != 0) {
      throw new OptionException(
          "--weights: expected three for every hidden unit, such as the six"
              + " w11,w12,w21,w22,wh1,wh2, not "
              + count);
    }
    if (hidden != null && count != 3L * hidden) {
      throw new OptionException(
          "--weights: expected three for each of --hidden " + hidden + ", not " + count);
    }
    return OptionException.checked("--weights", () -> new Topology(count / 3));
  }

  private List<BigDecimal> standardWeights(Topology topology) {
    return topology.equals(Topology.DEFAULT)
        ? Inputs.WORKED_EXAMPLE.weights()
        : Arrays.stream(XavierInit.weights(topology, seed).toArray())
            .mapToObj(BigDecimal::new)
            .toList();
  }

  private void requireFit(String flag, BigDecimal value, Precision precision) {
    if (!DecimalInput.fits(value, precision)) {
      throw new OptionException(
          "%s: expected what %s can hold, %s, not %s"
              .formatted(flag, precision, DecimalInput.rangeOf(precision), value));
    }
  }
}
