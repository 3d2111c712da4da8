package io.github.sumnet.explain;

import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.TrainingStep;
import io.github.sumnet.network.DenseNetwork;
import java.util.List;
import java.util.function.Function;

/**
 * Everything that one training step on one sample computes, in one arithmetic. Lists have a value
 * for every hidden unit, gradient and updated one for every weight in the order of {@link
 * io.github.sumnet.network.Topology#weightNames()}.
 *
 * @param z the hidden units' weighted inputs
 * @param a their activations
 * @param zo the output's weighted input
 * @param prediction ŷ
 * @param loss ½(ŷ−y)²
 * @param deltaOutput the derivative of the loss by zo
 * @param deltaHidden its derivatives by the hidden units' z
 * @param gradient its derivatives by the weights
 * @param updated the weights after the step
 */
public record Values<T>(
    List<T> z,
    List<T> a,
    T zo,
    T prediction,
    T loss,
    T deltaOutput,
    List<T> deltaHidden,
    List<T> gradient,
    List<T> updated) {
  public Values {
    z = List.copyOf(z);
    a = List.copyOf(a);
    deltaHidden = List.copyOf(deltaHidden);
    gradient = List.copyOf(gradient);
    updated = List.copyOf(updated);
  }

  /** What a training step on one sample has come to. */
  static <T> Values<T> of(TrainingStep<T> step) {
    return of(step.network(), step::at);
  }

  /**
   * One number for each value of a training step on one sample.
   *
   * @param stages what each stage has
   */
  static <T> Values<T> of(DenseNetwork network, Function<Stage, List<T>> stages) {
    int hidden = network.units(1);
    List<T> forward = stages.apply(Stage.forward(1));
    List<T> output = stages.apply(Stage.forward(2));
    return new Values<>(
        forward.subList(0, hidden),
        forward.subList(hidden, 2 * hidden),
        output.get(0),
        output.get(1),
        stages.apply(Stage.LOSS).get(0),
        stages.apply(Stage.delta(2)).get(0),
        stages.apply(Stage.delta(1)),
        stages.apply(Stage.MEAN),
        stages.apply(Stage.UPDATE));
  }

  /** The value of a quantity. */
  public T get(Quantity quantity) {
    return switch (quantity.kind()) {
      case Z -> z.get(quantity.index());
      case A -> a.get(quantity.index());
      case ZO -> zo;
      case PREDICTION -> prediction;
      case LOSS -> loss;
      case DELTA_OUTPUT -> deltaOutput;
      case DELTA_HIDDEN -> deltaHidden.get(quantity.index());
      case GRADIENT -> gradient.get(quantity.index());
      case UPDATED -> updated.get(quantity.index());
    };
  }

  /** Applies a function to every value. */
  public <R> Values<R> map(Function<? super T, ? extends R> function) {
    return new Values<>(
        all(z, function),
        all(a, function),
        function.apply(zo),
        function.apply(prediction),
        function.apply(loss),
        function.apply(deltaOutput),
        all(deltaHidden, function),
        all(gradient, function),
        all(updated, function));
  }

  private static <T, R> List<R> all(List<T> values, Function<? super T, ? extends R> function) {
    return values.stream().<R>map(function).toList();
  }
}
