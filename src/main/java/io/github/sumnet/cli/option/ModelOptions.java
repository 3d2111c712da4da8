package io.github.sumnet.cli.option;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.Printable;
import io.github.sumnet.data.file.SampleTable;
import io.github.sumnet.gradcheck.CheckedModel;
import io.github.sumnet.gradcheck.CheckedNetwork;
import io.github.sumnet.gradcheck.model.DenseModels;
import io.github.sumnet.gradcheck.model.UnsupportedModelException;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import picocli.CommandLine.Option;

/** A network of one's own instead of the 2-H-1 network. */
public final class ModelOptions {
  /** More than any design takes. */
  private static final int MOST_SAMPLES = 5000;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "Check a model zip of Deeplearning4j's: dense layers and an output layer, in float or"
              + " double, on the CPU.")
  Path model;

  @Option(
      names = "--layers",
      paramLabel = "SPEC",
      description =
          "Check a network that Deeplearning4j builds from layers UNITS:ACTIVATION, the first with"
              + " its number of inputs before: 4:8:tanh,3:softmax. Activations: identity, sigmoid,"
              + " tanh, relu, leaky-relu, softplus, softmax (output); ':nobias' after one leaves the"
              + " biases out.")
  String layers;

  @Option(
      names = "--loss",
      paramLabel = "NAME",
      defaultValue = "mse",
      description = "The loss with --layers: mse, xent, mcxent (default: ${DEFAULT-VALUE}).")
  String loss;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "Judge it on the first samples of a .npy or .csv file, in each row the inputs and then the"
              + " targets (default: random samples).")
  Path data;

  /**
   * Insists on one of the two.
   *
   * @throws OptionException if both are given, or neither, or data for a self-test
   */
  public void require(boolean selfTest) {
    if (model != null && layers != null) {
      throw new OptionException("--model and --layers exclude each other: name one network");
    }
    if (model == null && layers == null) {
      throw new OptionException(
          "--loss and --data belong to a network of your own: name one by --layers or --model");
    }
    if (data != null && selfTest) {
      throw new OptionException("--self-test draws its own samples: leave out --data");
    }
  }

  /**
   * The model, or the network of --layers in each precision. The ND4J backend must have been
   * decided before.
   *
   * @param seed what the initial weights of --layers are drawn from
   * @throws OptionException unless it is one that can be judged
   */
  public List<CheckedNetwork> networks(List<Precision> precisions, long seed) {
    if (model == null) {
      DenseNetwork network = network();
      return precisions.stream().map(each -> network(network, each, seed)).toList();
    }
    if (!Files.isRegularFile(model)) {
      throw new OptionException("--model " + model + ": there is no such file");
    }
    try {
      return List.of(
          checked(
              DenseModels.read(model.toFile()),
              Printable.line(model.toString()),
              List.of("--model", model.toString())));
    } catch (UnsupportedModelException unsupported) {
      throw new OptionException("--model " + model + ": " + unsupported.getMessage());
    }
  }

  private CheckedNetwork network(DenseNetwork network, Precision precision, long seed) {
    return checked(
        DenseModels.create(network, precision, seed),
        "dl4j",
        List.of("--layers", layers, "--loss", loss, "--precision", precision.toString()));
  }

  private CheckedNetwork checked(MultiLayerNetwork dl4j, String name, List<String> arguments) {
    DenseNetwork network = DenseModels.describe(dl4j);
    List<String> all = new ArrayList<>(arguments);
    List<double[]> rows = List.of();
    if (data != null) {
      all.addAll(List.of("--data", data.toString()));
      rows =
          SampleTable.read(
              "--data",
              data,
              network.inputs(),
              network.outputs(),
              DenseModels.precision(dl4j),
              MOST_SAMPLES);
    }
    return CheckedModel.of(dl4j, name, all, rows);
  }

  private DenseNetwork network() {
    String[] parts = layers.split(",", -1);
    List<DenseNetwork.Layer> list = new ArrayList<>();
    int colon = parts[0].indexOf(':');
    int inputs = count(colon < 0 ? "" : parts[0].substring(0, colon));
    parts[0] = parts[0].substring(colon + 1);
    for (int l = 0; l < parts.length; l++) {
      list.add(layer(parts[l], l == parts.length - 1));
    }
    Loss of = OptionException.checked("--loss", () -> Loss.of(loss));
    boolean softmax = list.get(list.size() - 1).activation() == Activation.SOFTMAX;
    if (of == Loss.HALF_SQUARED_ERROR || (of == Loss.BINARY_CROSS_ENTROPY && softmax)) {
      throw new OptionException(
          "--loss "
              + loss
              + " is none that Deeplearning4j has for such an output:"
              + " expected mse or mcxent, or xent without softmax");
    }
    return new DenseNetwork(inputs, list, of);
  }

  private DenseNetwork.Layer layer(String text, boolean isLast) {
    String[] words = text.split(":", -1);
    boolean noBias = words.length == 3 && words[2].equals("nobias");
    if (words.length != 2 && !noBias) {
      throw wrong();
    }
    Activation activation = null;
    for (Activation each : Activation.values()) {
      activation = each.toString().equals(words[1].toLowerCase(Locale.ROOT)) ? each : activation;
    }
    if (activation == null || (activation == Activation.SOFTMAX && !isLast)) {
      throw new OptionException(
          ("--layers has the activation '%s' in '%s': expected one of %s, softmax in the last"
                  + " layer only")
              .formatted(words[1], text, List.of(Activation.values())));
    }
    return new DenseNetwork.Layer(count(words[0]), activation, !noBias);
  }

  private int count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1 && count <= 1000) {
        return count;
      }
    } catch (NumberFormatException notANumber) {
      // Said below.
    }
    throw wrong();
  }

  private OptionException wrong() {
    return new OptionException(
        "--layers must be INPUTS:UNITS:ACTIVATION and then UNITS:ACTIVATION for each layer, numbers"
            + " from 1 to 1,000, such as 4:8:tanh,3:softmax, not '"
            + layers
            + "'");
  }
}
