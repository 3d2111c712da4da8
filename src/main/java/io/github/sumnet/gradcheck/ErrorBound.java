package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far mean loss and mean gradient may be from the truth when they are computed in a precision:
 * derived step by step along the network, so that no tolerance has to be chosen.
 */
final class ErrorBound {
  private final RoundingModel model;
  private final Weights weights;

  private ErrorBound(RoundingModel model, Weights weights) {
    this.model = model;
    this.weights = weights;
  }

  /**
   * The bounds of the loss and of every gradient component.
   *
   * @param weights as the judged computation sees them, already rounded
   * @param batches the batch, in one or several chunks, already rounded
   */
  static LossAndGradient of(RoundingModel model, Weights weights, List<Batch> batches) {
    return new ErrorBound(model, weights).over(batches);
  }

  private LossAndGradient over(List<Batch> batches) {
    Topology topology = weights.topology();
    List<Approximation> losses = new ArrayList<>();
    List<List<Approximation>> gradients =
        Stream.<List<Approximation>>generate(ArrayList::new).limit(topology.weightCount()).toList();
    for (Batch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        addSample(batch.x1(i), batch.x2(i), batch.y(i), losses, gradients);
      }
    }
    return new LossAndGradient(
        meanError(losses),
        Weights.of(topology, gradients.stream().mapToDouble(this::meanError).toArray()));
  }

  private double meanError(List<Approximation> terms) {
    return model.quotient(model.sum(terms), terms.size()).error();
  }

  private void addSample(
      double x1,
      double x2,
      double y,
      List<Approximation> losses,
      List<List<Approximation>> gradients) {
    int hidden = weights.topology().hidden();
    List<Approximation> z = new ArrayList<>(hidden);
    List<Approximation> a = new ArrayList<>(hidden);
    for (int j = 0; j < hidden; j++) {
      z.add(dot(List.of(exact(x1), exact(x2)), List.of(hidden(0, j), hidden(1, j))));
      a.add(model.sigmoid(z.get(j)));
    }
    Approximation zo = dot(a, outputs());
    Approximation prediction = model.sigmoid(zo);
    Approximation residual = model.difference(prediction, exact(y));
    losses.add(model.product(exact(0.5), model.product(residual, residual)));

    Approximation deltaOutput = model.product(residual, model.sigmoidDerivative(zo, prediction));
    for (int j = 0; j < hidden; j++) {
      Approximation back = model.product(deltaOutput, exact(weights.output(j)));
      Approximation deltaHidden = model.product(back, model.sigmoidDerivative(z.get(j), a.get(j)));
      gradients.get(j).add(model.product(deltaHidden, exact(x1)));
      gradients.get(hidden + j).add(model.product(deltaHidden, exact(x2)));
      gradients.get(2 * hidden + j).add(model.product(deltaOutput, a.get(j)));
    }
  }

  private Approximation dot(List<Approximation> x, List<Approximation> w) {
    List<Approximation> products = new ArrayList<>(x.size());
    for (int i = 0; i < x.size(); i++) {
      products.add(model.product(x.get(i), w.get(i)));
    }
    return model.sum(products);
  }

  private List<Approximation> outputs() {
    List<Approximation> outputs = new ArrayList<>();
    for (int j = 0; j < weights.topology().hidden(); j++) {
      outputs.add(exact(weights.output(j)));
    }
    return Collections.unmodifiableList(outputs);
  }

  private Approximation hidden(int input, int unit) {
    return exact(weights.hidden(input, unit));
  }

  private static Approximation exact(double value) {
    return Approximation.exact(value);
  }
}
