package io.github.sumnet.cli.option;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.RealNumber;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** One case that is given in every number. */
public final class ReplayOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "W,W,...",
      description = "The weights in the order of their names: w11,w12,w21,w22,wh1,wh2.")
  String weights;

  @Option(
      names = "--step",
      required = true,
      paramLabel = "SAMPLES",
      description =
          "A training step's samples as 'x1,x2,y x1,x2,y', chunks parted by ' / '; repeat it for"
              + " more steps. Hexadecimal numbers keep every bit.")
  List<String> steps;

  /** Refuses what cannot be replayed. */
  public void require(List<Topology> topologies, List<Precision> precisions) {
    steps();
    if (topologies.size() != 1 || precisions.size() != 1) {
      throw new OptionException("--weights need one --hidden and one --precision beside them");
    }
    int expected = topologies.get(0).weightCount();
    if (weights().length != expected) {
      throw new OptionException(
          "--weights: a "
              + topologies.get(0)
              + " network has "
              + expected
              + " weights, not "
              + weights().length);
    }
  }

  public double[] weights() {
    return numbers("--weights", weights);
  }

  /** The steps, each of chunks of samples {x1, x2, y}. */
  public List<List<double[][]>> steps() {
    return steps.stream()
        .map(step -> Arrays.stream(step.split("/", -1)).map(ReplayOptions::chunk).toList())
        .toList();
  }

  private static double[][] chunk(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1))
        .map(ReplayOptions::sample)
        .toArray(double[][]::new);
  }

  private static double[] sample(String text) {
    double[] sample = numbers("--step", text);
    if (sample.length != 3) {
      throw new OptionException("--step expects samples such as 0.1,0.2,0.3, not '" + text + "'");
    }
    return sample;
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
