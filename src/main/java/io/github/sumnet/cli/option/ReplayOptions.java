package io.github.sumnet.cli.option;

import io.github.sumnet.data.Count;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.RealNumber;
import io.github.sumnet.gradcheck.CheckedNetwork;
import io.github.sumnet.network.DenseNetwork;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** One case that is given in every number. */
public final class ReplayOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "W,W,...",
      description =
          "The weights in the order of their names: w11,w12,w21,w22,wh1,wh2; of --model and --layers"
              + " layer by layer, a row for each input, then the biases.")
  String weights;

  @Option(
      names = "--step",
      required = true,
      paramLabel = "SAMPLES",
      description =
          "A training step's samples as 'x1,x2,y x1,x2,y' (inputs, then targets), chunks parted by"
              + " ' / '; repeat it for more steps. Hexadecimal numbers keep every bit.")
  List<String> steps;

  /** Refuses what cannot be replayed. */
  public void require(List<CheckedNetwork> networks) {
    if (networks.size() != 1) {
      throw new OptionException("--weights need one --hidden and one --precision beside them");
    }
    DenseNetwork network = networks.get(0).network();
    if (weights().length != network.parameters()) {
      throw new OptionException(
          "--weights: a %s network has %s weights%s, not %s"
              .formatted(
                  network,
                  network.parameters(),
                  network.layers().stream().anyMatch(DenseNetwork.Layer::bias) ? " and biases" : "",
                  weights().length));
    }
    int columns = network.inputs() + network.outputs();
    for (String step : steps) {
      for (String sample : step.strip().split("\\s*/\\s*|\\s+", -1)) {
        if (numbers("--step", sample).length != columns) {
          throw new OptionException(
              "--step expects samples of %s such as 0.1,0.2,0.3, not '%s'"
                  .formatted(Count.of(columns, "number"), sample));
        }
      }
    }
  }

  public double[] weights() {
    return numbers("--weights", weights);
  }

  /** The steps, each of chunks of samples {inputs, then targets}. */
  public List<List<double[][]>> steps() {
    return steps.stream()
        .map(step -> Arrays.stream(step.split("/", -1)).map(ReplayOptions::chunk).toList())
        .toList();
  }

  private static double[][] chunk(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1))
        .map(sample -> numbers("--step", sample))
        .toArray(double[][]::new);
  }

  private static double[] numbers(String flag, String text) {
    return Arrays.stream(text.split(",", -1)).mapToDouble(n -> number(flag, n)).toArray();
  }

  private static double number(String flag, String text) {
    try {
      double number = RealNumber.parse(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the same complaint as infinities.
    }
    throw new OptionException(flag + " expects finite numbers, not '" + text + "'");
  }
}
