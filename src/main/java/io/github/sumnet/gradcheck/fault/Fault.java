package io.github.sumnet.gradcheck.fault;

import io.github.sumnet.gradcheck.step.Operations;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Stage.Kind;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Faults that a check has to find: each is planted in an otherwise correct network, in one place.
 * What a faulty network shows of itself is true, so the first of the stages that a fault changes is
 * the first whose values differ from what they should be.
 */
public enum Fault {
  WRONG_SIGN("the residual is y − ŷ", Place.OUTPUT_DELTA.of(Cause.WRONG_SIGN, Changes.times(-1))),
  MISSING_HALF(
      "the loss is (ŷ−y)², and the gradient is its derivative",
      Place.LOSS_AND_DELTA.of(Cause.MISSING_HALF, Changes.times(2), Needs.SQUARES)),
  DOUBLED_DELTA(
      "the output's delta is doubled, the loss is right",
      Place.OUTPUT_DELTA.of(Cause.DOUBLED, Changes.times(2))),
  SUM_FOR_MEAN(
      "the gradient's sum is not divided by the batch size",
      Place.MEAN.of(Cause.NOT_DIVIDED, Changes.SUM_FOR_MEAN)),
  STALE_BATCH_SIZE(
      "the gradient's sum is divided by the batch size of the step before",
      Place.MEAN.of(Cause.STALE_BATCH_SIZE, Changes.STALE_BATCH_SIZE)),
  TRANSPOSED_WEIGHTS(
      "the forward pass reads the hidden layer's weights column by column, not row by row",
      Place.FIRST_FORWARD.of(Cause.TRANSPOSED, Changes.transposed(false), Needs.SEVERAL_UNITS)),
  TRANSPOSED_GRADIENT(
      "the hidden layer's gradient is stored column by column, not row by row",
      Place.FIRST_GRADIENT.of(Cause.TRANSPOSED, Changes.transposed(true), Needs.SEVERAL_UNITS)),
  SWAPPED_UNITS(
      "the hidden deltas use the output's weights in reverse order",
      Place.LAST_HIDDEN_DELTA.of(
          Cause.UNITS_PERMUTED, Changes.REVERSED_UNITS, Needs.SEVERAL_UNITS)),
  MISSING_OUTPUT_SLOPE(
      "the output's delta lacks σ′",
      Place.OUTPUT_DELTA.of(Cause.SLOPE_MISSING, Changes.NO_SLOPE, Needs.SMOOTH_OUTPUT)),
  DOUBLED_OUTPUT_SLOPE(
      "the output's delta has σ′ twice",
      Place.OUTPUT_DELTA.of(Cause.SLOPE_TWICE, Changes.SLOPE_TWICE, Needs.SMOOTH_OUTPUT)),
  MISSING_HIDDEN_SLOPE(
      "the hidden deltas lack σ′",
      Place.HIDDEN_DELTA.of(Cause.SLOPE_MISSING, Changes.NO_SLOPE, Needs.SMOOTH_HIDDEN)),
  DOUBLED_HIDDEN_SLOPE(
      "the hidden deltas have σ′ twice",
      Place.HIDDEN_DELTA.of(Cause.SLOPE_TWICE, Changes.SLOPE_TWICE, Needs.SMOOTH_HIDDEN)),
  UPDATED_OUTPUT_WEIGHTS(
      "the hidden deltas use the output's weights after their update",
      Place.LAST_HIDDEN_DELTA.of(Cause.UPDATED_WEIGHTS, Changes.UPDATED_WEIGHTS)),
  LAST_SAMPLE_DROPPED(
      "the last sample of the batch is left out of the gradient's sum",
      Place.GRADIENTS.of(Cause.SAMPLE_LEFT_OUT, Changes.occurring((i, n) -> i == n - 1 ? 0 : 1))),
  FIRST_SAMPLE_TWICE(
      "the first sample of the batch goes into the gradient's sum twice",
      Place.GRADIENTS.of(Cause.SAMPLE_TWICE, Changes.occurring((i, n) -> i == 0 ? 2 : 1))),
  SMALL_ERROR(
      "the hidden layer's gradient is too large by a share of 1e-4",
      Place.HIDDEN_GRADIENT.of(Cause.CONSTANT_FACTOR, Changes.times(1 + 1e-4))),
  FLOAT_ACTIVATIONS(
      "the activations are rounded to float in a computation in double",
      Place.HIDDEN_FORWARD.of(Cause.SINGLE_PRECISION, Changes.TO_FLOAT, Needs.IN_DOUBLE)),
  WRONG_TARGET_COLUMN(
      "the target is read from the column of x1",
      Place.LOSS_AND_DELTA.of(Cause.WRONG_TARGET, Changes.inputForTarget(0))),
  HIDDEN_BIAS(
      "the hidden units have biases, which start at 0 and are trained",
      Place.HIDDEN_FORWARD.of(Cause.BIAS, Changes.biased(new Changes.TrainedBias()))),
  MOMENTUM(
      "nine tenths of the previous change are added to every step",
      Place.UPDATE.of(Cause.MOMENTUM, Changes.momentum(0.9, 0))),
  OUTPUT_BIAS(
      "the output has a bias, which starts at 0 and is trained",
      Place.OUTPUT_FORWARD.of(Cause.BIAS, Changes.biased(new Changes.TrainedBias()))),
  ACCUMULATED_GRADIENT(
      "the gradient's sum is not cleared from step to step",
      Place.GRADIENTS.of(Cause.ACCUMULATED, Changes.accumulated(1))),
  LAST_CHUNK_ONLY(
      "of a batch in several chunks only the last one's gradient is kept",
      Place.GRADIENTS.of(Cause.ONE_CHUNK_ONLY, Changes.LAST_CHUNK_ONLY)),
  MEAN_OF_MEANS(
      "the chunks' mean gradients are averaged as if the chunks were of one size",
      Place.MEAN.of(Cause.MEAN_OF_MEANS, Changes.MEAN_OF_MEANS)),
  LEARNING_RATE_TWICE(
      "the gradient is multiplied by the learning rate twice",
      Place.UPDATE.of(Cause.RATE_TWICE, Changes.RATE_TWICE)),
  WEIGHT_DECAY(
      "every step shrinks the weights by a hundredth of the learning rate",
      Place.UPDATE.of(Cause.WEIGHT_DECAY, Changes.plusWeight(-0.01 * Subject.LEARNING_RATE, 0))),
  L2_PENALTY(
      "the weights times 1e-4 are added to the mean gradient",
      Place.MEAN.of(Cause.WEIGHT_DECAY, Changes.plusWeight(1e-4, 0))),
  GRADIENT_ASCENT(
      "the update adds the gradient", Place.UPDATE.of(Cause.WRONG_SIGN, Changes.times(-1))),
  TANH_SLOPE(
      "the hidden units' derivative is that of tanh, 1 − a²",
      Place.HIDDEN_DELTA.of(Cause.TANH_SLOPE, Changes.TANH_SLOPE, Needs.SIGMOID_HIDDEN)),
  SLOPE_OF_ACTIVATION(
      "the hidden units' derivative is taken at a, not at z",
      Place.HIDDEN_DELTA.of(
          Cause.SLOPE_OF_ACTIVATION, Changes.SLOPE_OF_ACTIVATION, Needs.SMOOTH_HIDDEN)),
  MISSING_OUTPUT_WEIGHT(
      "the hidden deltas lack the factor wh",
      Place.HIDDEN_DELTA.of(Cause.WEIGHT_MISSING, Changes.NO_BACKWARD_WEIGHT)),
  FIRST_INPUT_FOR_BOTH(
      "both rows of the hidden layer's gradient use x1",
      Place.FIRST_GRADIENT.of(Cause.WRONG_INPUT, Changes.inputs(k -> 0), Needs.SEVERAL_INPUTS)),
  PREDICTION_FOR_ACTIVATION(
      "the output layer's gradient uses ŷ where it should use a",
      Place.OUTPUT_GRADIENT.of(Cause.PREDICTION_FOR_ACTIVATION, Changes.PREDICTION_FOR_ACTIVATION)),
  HALVED_DELTA(
      "the output's delta is halved, the loss is right",
      Place.OUTPUT_DELTA.of(Cause.HALVED, Changes.times(0.5))),
  FROZEN_HIDDEN_LAYER(
      "the hidden layer's gradient is zero",
      Place.HIDDEN_GRADIENT.of(Cause.ALL_ZERO, Changes.times(0))),
  LOSS_OVER_ONE_LESS(
      "the loss's sum is divided by N − 1",
      Place.LOSS.of(Cause.DIVIDED_BY_ONE_LESS, Changes.ONE_LESS)),
  STALE_WEIGHTS(
      "the hidden layer's forward pass uses the weights of the step before",
      Place.HIDDEN_FORWARD.of(Cause.STALE_WEIGHTS, Changes.STALE_WEIGHTS)),
  OVERFLOWING_EXPONENTIAL(
      "the hidden units' activation is e^z/(1+e^z), not a number for large z",
      Place.HIDDEN_FORWARD.of(Cause.OVERFLOW, Changes.OVERFLOW, Needs.SIGMOID_HIDDEN)),
  CLIPPED_PREDICTIONS(
      "the predictions are clipped to 1e-7 and 1 − 1e-7",
      Place.OUTPUT_FORWARD.of(
          Cause.CLIPPED, Changes.clipped(1e-7, 1 - 1e-7), Needs.SIGMOID_OUTPUT)),
  CLIPPED_GRADIENT(
      "the mean gradient is clipped to ±0.01",
      Place.MEAN.of(Cause.CLIPPED, Changes.clipped(-0.01, 0.01))),
  FLOAT_SUM(
      "the gradient's sum is kept as float in a computation in double",
      Place.GRADIENTS.of(Cause.SINGLE_PRECISION, Changes.TO_FLOAT, Needs.IN_DOUBLE)),
  CLIPPED_TARGETS(
      "targets below 0 are taken for 0",
      Place.LOSS_AND_DELTA.of(
          Cause.CLIPPED_TARGET,
          Changes.clippedTarget(0, Double.POSITIVE_INFINITY),
          Needs.ANY_TARGETS)),
  CLIPPED_ARGUMENT(
      "the hidden units' σ takes z beyond ±15 for ±15",
      Place.HIDDEN_FORWARD.of(
          Cause.CLIPPED,
          Changes.clipped(1 / (1 + Math.exp(15)), 1 / (1 + Math.exp(-15))),
          Needs.SIGMOID_HIDDEN)),
  RAGGED_TAIL_DROPPED(
      "the last sample is left out of the gradient's sum where N is no multiple of 16",
      Place.GRADIENTS.of(
          Cause.SAMPLE_LEFT_OUT, Changes.occurring((i, n) -> n % 16 != 0 && i == n - 1 ? 0 : 1))),
  FIRST_BLOCK_ONLY(
      "samples beyond the 1,024th of a batch are left out of the gradient's sum",
      Place.GRADIENTS.of(Cause.SAMPLES_BEYOND, Changes.occurring((i, n) -> i < 1024 ? 1 : 0))),
  FIRST_CHUNKS_ONLY(
      "chunks beyond the eighth are left out of the gradient's sum",
      Place.GRADIENTS.of(Cause.CHUNKS_BEYOND, Changes.firstChunks(8))),
  ACCUMULATED_LATE(
      "the gradient's sum is not cleared any more from the fourth step on",
      Place.GRADIENTS.of(Cause.ACCUMULATED, Changes.accumulated(4))),
  FLUSHED_SUMS(
      "a gradient's sum below 1e-20 is taken for 0",
      Place.GRADIENTS.of(Cause.FLUSHED, Changes.flushed(1e-20))),
  LOOSELY_CLIPPED_GRADIENT(
      "the mean gradient is clipped to ±1", Place.MEAN.of(Cause.CLIPPED, Changes.clipped(-1, 1)));

  /** The stages that a fault changes. */
  private enum Place {
    FIRST_FORWARD((network, stage) -> stage.equals(Stage.forward(1))),
    HIDDEN_FORWARD((network, stage) -> is(stage, Kind.FORWARD) && stage.layer() < network.depth()),
    OUTPUT_FORWARD((network, stage) -> stage.equals(Stage.forward(network.depth()))),
    LOSS((network, stage) -> stage.equals(Stage.LOSS)),
    LOSS_AND_DELTA(
        (network, stage) -> stage.equals(Stage.LOSS) || stage.equals(Stage.delta(network.depth()))),
    OUTPUT_DELTA((network, stage) -> stage.equals(Stage.delta(network.depth()))),
    HIDDEN_DELTA((network, stage) -> is(stage, Kind.DELTA) && stage.layer() < network.depth()),
    LAST_HIDDEN_DELTA((network, stage) -> stage.equals(Stage.delta(network.depth() - 1))),
    GRADIENTS((network, stage) -> is(stage, Kind.GRADIENT)),
    OUTPUT_GRADIENT((network, stage) -> stage.equals(Stage.gradient(network.depth()))),
    HIDDEN_GRADIENT(
        (network, stage) -> is(stage, Kind.GRADIENT) && stage.layer() < network.depth()),
    FIRST_GRADIENT((network, stage) -> stage.equals(Stage.gradient(1))),
    MEAN((network, stage) -> stage.equals(Stage.MEAN)),
    UPDATE((network, stage) -> stage.equals(Stage.UPDATE));

    private final BiPredicate<DenseNetwork, Stage> has;

    Place(BiPredicate<DenseNetwork, Stage> has) {
      this.has = has;
    }

    private Mistake of(Cause cause, Operations change) {
      return of(cause, change, Needs.NOTHING);
    }

    private Mistake of(Cause cause, Operations change, Needs needs) {
      return new Mistake(this, cause, change, needs);
    }

    private static boolean is(Stage stage, Kind kind) {
      return stage.kind() == kind;
    }
  }

  /** What a fault needs to exist; elsewhere it would change nothing. */
  private enum Needs {
    NOTHING("a layer of that kind", (network, precision) -> true),
    SEVERAL_UNITS(
        "at least two hidden units",
        (network, precision) -> network.depth() > 1 && network.units(1) > 1),
    SEVERAL_INPUTS("at least two inputs", (network, precision) -> network.inputs() > 1),
    IN_DOUBLE("double precision", (network, precision) -> precision == Precision.DOUBLE),
    SQUARES(
        "a loss of squared errors",
        (network, precision) -> network.loss() == Loss.HALF_SQUARED_ERROR),
    ANY_TARGETS(
        "a loss of squared errors, without softmax",
        (network, precision) ->
            (network.loss() == Loss.HALF_SQUARED_ERROR || network.loss() == Loss.MEAN_SQUARED_ERROR)
                && !has(network, network.depth(), Activation.SOFTMAX)),
    SMOOTH_OUTPUT(
        "an output with a sigmoid, tanh or softplus",
        (network, precision) -> isSmooth(network, network.depth())),
    SMOOTH_HIDDEN(
        "a last hidden layer with a sigmoid, tanh or softplus",
        (network, precision) -> isSmooth(network, network.depth() - 1)),
    SIGMOID_OUTPUT(
        "an output with a sigmoid",
        (network, precision) -> has(network, network.depth(), Activation.SIGMOID)),
    SIGMOID_HIDDEN(
        "a last hidden layer with a sigmoid",
        (network, precision) -> has(network, network.depth() - 1, Activation.SIGMOID));

    private final String text;
    private final BiPredicate<DenseNetwork, Precision> fulfilled;

    Needs(String text, BiPredicate<DenseNetwork, Precision> fulfilled) {
      this.text = text;
      this.fulfilled = fulfilled;
    }

    private static boolean isSmooth(DenseNetwork network, int layer) {
      return has(network, layer, Activation.SIGMOID, Activation.TANH, Activation.SOFTPLUS);
    }

    private static boolean has(DenseNetwork network, int layer, Activation... functions) {
      return layer > 0 && List.of(functions).contains(network.layer(layer).activation());
    }
  }

  /** What is done wrong, where, what a good hint suspects, and what it needs to exist. */
  private record Mistake(Place place, Cause cause, Operations change, Needs needs) {
    boolean isAt(Stage stage, DenseNetwork network) {
      return place.has.test(network, stage);
    }
  }

  /** Those that show only in many chunks, in large batches or in numbers of extreme size. */
  private static final Set<Fault> RARE =
      EnumSet.of(
          LAST_CHUNK_ONLY,
          MEAN_OF_MEANS,
          FIRST_CHUNKS_ONLY,
          FIRST_BLOCK_ONLY,
          FLUSHED_SUMS,
          OVERFLOWING_EXPONENTIAL,
          CLIPPED_ARGUMENT,
          CLIPPED_PREDICTIONS,
          LOOSELY_CLIPPED_GRADIENT);

  private final String description;
  private final Mistake mistake;

  Fault(String description, Mistake mistake) {
    this.description = description;
    this.mistake = mistake;
  }

  /** What is wrong in the network, in one sentence. */
  public String description() {
    return description;
  }

  /** The first stage whose values it makes wrong, in a network that it fits. */
  public Stage stage(DenseNetwork network) {
    return Stage.all(network).stream()
        .filter(stage -> mistake.isAt(stage, network))
        .findFirst()
        .orElseThrow();
  }

  /** What a good hint suspects. */
  public Cause cause() {
    return mistake.cause;
  }

  /** Whether it can be planted in such a network; elsewhere it would change nothing. */
  public boolean fits(DenseNetwork network, Precision precision) {
    return mistake.needs.fulfilled.test(network, precision)
        && Stage.all(network).stream().anyMatch(stage -> mistake.isAt(stage, network));
  }

  /** What it takes to plant it, in words. */
  public String needs() {
    return "it needs " + (isRare() ? "an engine's many and extreme cases" : mistake.needs.text);
  }

  /** Whether it shows only in many chunks, in large batches or in numbers of extreme size. */
  public boolean isRare() {
    return RARE.contains(this);
  }

  /** A network with this fault. */
  public Subject plant(DenseNetwork network, Precision precision) {
    return new RoundedSubject(
        network,
        precision,
        stage -> mistake.isAt(stage, network) ? mistake.change : Operations.TEXTBOOK);
  }

  /** The name in lower case with hyphens, as in {@code --mutant}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
