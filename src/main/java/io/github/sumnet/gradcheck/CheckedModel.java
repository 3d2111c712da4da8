package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.design.ModelDesigns;
import io.github.sumnet.gradcheck.model.DenseModels;
import io.github.sumnet.gradcheck.model.ModelSubject;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A DL4J model of dense layers, judged with its own weights and with random ones. */
public record CheckedModel(
    String name,
    DenseNetwork network,
    List<String> arguments,
    MultiLayerNetwork model,
    List<double[]> rows)
    implements CheckedNetwork {
  /**
   * A model; the ND4J backend must have been decided before.
   *
   * @param name what reports call it
   * @param arguments of {@code check} that lead to it
   * @param rows the samples {inputs, then targets} that it is judged on; empty for random ones
   * @throws io.github.sumnet.gradcheck.model.UnsupportedModelException if it cannot be judged
   */
  public static CheckedModel of(
      MultiLayerNetwork model, String name, List<String> arguments, List<double[]> rows) {
    return new CheckedModel(
        name, DenseModels.describe(model), List.copyOf(arguments), model, List.copyOf(rows));
  }

  @Override
  public Precision precision() {
    return DenseModels.precision(model);
  }

  /** Units, activations and loss, such as 4-8-3: tanh, softmax; mcxent. */
  @Override
  public String description() {
    return network
        + network.layers().stream()
            .map(layer -> layer.activation() + (layer.bias() ? "" : " without biases"))
            .collect(Collectors.joining(", ", ": ", "; " + network.loss()));
  }

  @Override
  public Subject open() {
    return new ModelSubject(model);
  }

  @Override
  public List<Design> designs(Form form, long seed) {
    try (ModelSubject own = new ModelSubject(model)) {
      return ModelDesigns.of(network, precision(), own.parameters(), rows, seed);
    }
  }

  @Override
  public Design random(Random random) {
    return ModelDesigns.random(network, precision(), random);
  }
}
