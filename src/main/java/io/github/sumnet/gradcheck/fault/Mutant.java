package io.github.sumnet.gradcheck.fault;

import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.step.TextbookNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Locale;

/**
 * Faults that a check has to find: each is planted in an otherwise correct network, in one place.
 * What a mutant shows of itself is true, so the stage it names is the first whose values differ
 * from what they should be.
 */
public enum Mutant {
  WRONG_SIGN(
      "the residual is y − ŷ",
      Stage.OUTPUT_DELTA,
      Cause.WRONG_SIGN,
      Where.EVERYWHERE,
      DeltaFaults.WrongSign::new),
  MISSING_HALF(
      "the loss is (ŷ−y)², and the gradient is its derivative",
      Stage.LOSS,
      Cause.MISSING_HALF,
      Where.EVERYWHERE,
      DeltaFaults.MissingHalf::new),
  DOUBLED_DELTA(
      "the output's delta is doubled, the loss is right",
      Stage.OUTPUT_DELTA,
      Cause.DOUBLED,
      Where.EVERYWHERE,
      DeltaFaults.DoubledDelta::new),
  SUM_FOR_MEAN(
      "the gradient's sum is not divided by the batch size",
      Stage.MEAN,
      Cause.NOT_DIVIDED,
      Where.EVERYWHERE,
      UpdateFaults.SumForMean::new),
  STALE_BATCH_SIZE(
      "the gradient's sum is divided by the batch size of the step before",
      Stage.MEAN,
      Cause.STALE_BATCH_SIZE,
      Where.EVERYWHERE,
      UpdateFaults.StaleBatchSize::new),
  TRANSPOSED_WEIGHTS(
      "the forward pass reads the hidden layer's weights column by column, not row by row",
      Stage.HIDDEN_FORWARD,
      Cause.TRANSPOSED,
      Where.SEVERAL_UNITS,
      ForwardFaults.TransposedWeights::new),
  TRANSPOSED_GRADIENT(
      "the hidden layer's gradient is stored column by column, not row by row",
      Stage.HIDDEN_GRADIENT,
      Cause.TRANSPOSED,
      Where.SEVERAL_UNITS,
      SumFaults.TransposedGradient::new),
  SWAPPED_UNITS(
      "the hidden deltas use the output's weights in reverse order",
      Stage.HIDDEN_DELTA,
      Cause.UNITS_PERMUTED,
      Where.SEVERAL_UNITS,
      DeltaFaults.SwappedUnits::new),
  MISSING_OUTPUT_SLOPE(
      "the output's delta lacks σ′",
      Stage.OUTPUT_DELTA,
      Cause.SLOPE_MISSING,
      Where.EVERYWHERE,
      DeltaFaults.MissingOutputSlope::new),
  DOUBLED_OUTPUT_SLOPE(
      "the output's delta has σ′ twice",
      Stage.OUTPUT_DELTA,
      Cause.SLOPE_TWICE,
      Where.EVERYWHERE,
      DeltaFaults.DoubledOutputSlope::new),
  MISSING_HIDDEN_SLOPE(
      "the hidden deltas lack σ′",
      Stage.HIDDEN_DELTA,
      Cause.SLOPE_MISSING,
      Where.EVERYWHERE,
      DeltaFaults.MissingHiddenSlope::new),
  DOUBLED_HIDDEN_SLOPE(
      "the hidden deltas have σ′ twice",
      Stage.HIDDEN_DELTA,
      Cause.SLOPE_TWICE,
      Where.EVERYWHERE,
      DeltaFaults.DoubledHiddenSlope::new),
  UPDATED_OUTPUT_WEIGHTS(
      "the hidden deltas use the output's weights after their update",
      Stage.HIDDEN_DELTA,
      Cause.UPDATED_WEIGHTS,
      Where.EVERYWHERE,
      DeltaFaults.UpdatedOutputWeights::new),
  LAST_SAMPLE_DROPPED(
      "the last sample of the batch is left out of the gradient's sum",
      Stage.OUTPUT_GRADIENT,
      Cause.SAMPLE_LEFT_OUT,
      Where.EVERYWHERE,
      SumFaults.LastSampleDropped::new),
  FIRST_SAMPLE_TWICE(
      "the first sample of the batch goes into the gradient's sum twice",
      Stage.OUTPUT_GRADIENT,
      Cause.SAMPLE_TWICE,
      Where.EVERYWHERE,
      SumFaults.FirstSampleTwice::new),
  SMALL_ERROR(
      "the hidden layer's gradient is too large by a share of 1e-4",
      Stage.HIDDEN_GRADIENT,
      Cause.CONSTANT_FACTOR,
      Where.EVERYWHERE,
      SumFaults.SmallError::new),
  FLOAT_ACTIVATIONS(
      "the activations are rounded to float in a computation in double",
      Stage.HIDDEN_FORWARD,
      Cause.SINGLE_PRECISION,
      Where.IN_DOUBLE,
      ForwardFaults.FloatActivations::new),
  WRONG_TARGET_COLUMN(
      "the target is read from the column of x1",
      Stage.LOSS,
      Cause.WRONG_TARGET,
      Where.EVERYWHERE,
      DeltaFaults.WrongTargetColumn::new),
  HIDDEN_BIAS(
      "the hidden units have biases, which start at 0 and are trained",
      Stage.HIDDEN_FORWARD,
      Cause.BIAS,
      Where.EVERYWHERE,
      ForwardFaults.HiddenBias::new),
  MOMENTUM(
      "nine tenths of the previous change are added to every step",
      Stage.UPDATE,
      Cause.MOMENTUM,
      Where.EVERYWHERE,
      UpdateFaults.Momentum::new),
  OUTPUT_BIAS(
      "the output has a bias, which starts at 0 and is trained",
      Stage.OUTPUT_FORWARD,
      Cause.BIAS,
      Where.EVERYWHERE,
      ForwardFaults.OutputBias::new),
  ACCUMULATED_GRADIENT(
      "the gradient's sum is not cleared from step to step",
      Stage.OUTPUT_GRADIENT,
      Cause.ACCUMULATED,
      Where.EVERYWHERE,
      (precision, rate) -> new SumFaults.Accumulated(1, precision, rate)),
  LAST_CHUNK_ONLY(
      "of a batch in several chunks only the last one's gradient is kept",
      Stage.OUTPUT_GRADIENT,
      Cause.ONE_CHUNK_ONLY,
      Where.EVERYWHERE,
      SumFaults.LastChunkOnly::new),
  MEAN_OF_MEANS(
      "the chunks' mean gradients are averaged as if the chunks were of one size",
      Stage.MEAN,
      Cause.MEAN_OF_MEANS,
      Where.EVERYWHERE,
      UpdateFaults.MeanOfMeans::new),
  LEARNING_RATE_TWICE(
      "the gradient is multiplied by the learning rate twice",
      Stage.UPDATE,
      Cause.RATE_TWICE,
      Where.EVERYWHERE,
      UpdateFaults.RateTwice::new),
  WEIGHT_DECAY(
      "every step shrinks the weights by a hundredth of the learning rate",
      Stage.UPDATE,
      Cause.WEIGHT_DECAY,
      Where.EVERYWHERE,
      UpdateFaults.WeightDecay::new),
  L2_PENALTY(
      "the weights times 1e-4 are added to the mean gradient",
      Stage.MEAN,
      Cause.WEIGHT_DECAY,
      Where.EVERYWHERE,
      UpdateFaults.PenalisedWeights::new),
  GRADIENT_ASCENT(
      "the update adds the gradient",
      Stage.UPDATE,
      Cause.WRONG_SIGN,
      Where.EVERYWHERE,
      UpdateFaults.Ascent::new),
  TANH_SLOPE(
      "the hidden units' derivative is that of tanh, 1 − a²",
      Stage.HIDDEN_DELTA,
      Cause.TANH_SLOPE,
      Where.EVERYWHERE,
      DeltaFaults.TanhDerivative::new),
  SLOPE_OF_ACTIVATION(
      "the hidden units' derivative is taken at a, not at z",
      Stage.HIDDEN_DELTA,
      Cause.SLOPE_OF_ACTIVATION,
      Where.EVERYWHERE,
      DeltaFaults.SlopeAtActivation::new),
  MISSING_OUTPUT_WEIGHT(
      "the hidden deltas lack the factor wh",
      Stage.HIDDEN_DELTA,
      Cause.WEIGHT_MISSING,
      Where.EVERYWHERE,
      DeltaFaults.MissingOutputWeights::new),
  FIRST_INPUT_FOR_BOTH(
      "both rows of the hidden layer's gradient use x1",
      Stage.HIDDEN_GRADIENT,
      Cause.WRONG_INPUT,
      Where.EVERYWHERE,
      SumFaults.FirstInputForBoth::new),
  PREDICTION_FOR_ACTIVATION(
      "the output layer's gradient uses ŷ where it should use a",
      Stage.OUTPUT_GRADIENT,
      Cause.PREDICTION_FOR_ACTIVATION,
      Where.EVERYWHERE,
      SumFaults.PredictionForActivation::new),
  HALVED_DELTA(
      "the output's delta is halved, the loss is right",
      Stage.OUTPUT_DELTA,
      Cause.HALVED,
      Where.EVERYWHERE,
      DeltaFaults.HalvedDelta::new),
  FROZEN_HIDDEN_LAYER(
      "the hidden layer's gradient is zero",
      Stage.HIDDEN_GRADIENT,
      Cause.ALL_ZERO,
      Where.EVERYWHERE,
      SumFaults.FrozenHiddenLayer::new),
  LOSS_OVER_ONE_LESS(
      "the loss's sum is divided by N − 1",
      Stage.LOSS,
      Cause.DIVIDED_BY_ONE_LESS,
      Where.EVERYWHERE,
      DeltaFaults.LossOverOneLess::new),
  STALE_WEIGHTS(
      "the hidden layer's forward pass uses the weights of the step before",
      Stage.HIDDEN_FORWARD,
      Cause.STALE_WEIGHTS,
      Where.EVERYWHERE,
      ForwardFaults.StaleWeights::new),
  OVERFLOWING_EXPONENTIAL(
      "the hidden units' activation is e^z/(1+e^z), not a number for large z",
      Stage.HIDDEN_FORWARD,
      Cause.OVERFLOW,
      Where.EVERYWHERE,
      ForwardFaults.OverflowingExponential::new),
  CLIPPED_PREDICTIONS(
      "the predictions are clipped to 1e-7 and 1 − 1e-7",
      Stage.OUTPUT_FORWARD,
      Cause.CLIPPED,
      Where.EVERYWHERE,
      ForwardFaults.ClippedPredictions::new),
  CLIPPED_GRADIENT(
      "the mean gradient is clipped to ±0.01",
      Stage.MEAN,
      Cause.CLIPPED,
      Where.EVERYWHERE,
      (precision, rate) -> new UpdateFaults.ClippedGradient(0.01, precision, rate)),
  FLOAT_SUM(
      "the gradient's sum is kept as float in a computation in double",
      Stage.OUTPUT_GRADIENT,
      Cause.SINGLE_PRECISION,
      Where.IN_DOUBLE,
      SumFaults.FloatSum::new),
  CLIPPED_TARGETS(
      "targets below 0 are taken for 0",
      Stage.LOSS,
      Cause.CLIPPED_TARGET,
      Where.EVERYWHERE,
      DeltaFaults.ClippedTargets::new),
  CLIPPED_ARGUMENT(
      "the hidden units' σ takes z beyond ±15 for ±15",
      Stage.HIDDEN_FORWARD,
      Cause.CLIPPED,
      Where.EVERYWHERE,
      ForwardFaults.ClippedArgument::new),
  RAGGED_TAIL_DROPPED(
      "the last sample is left out of the gradient's sum where N is no multiple of 16",
      Stage.OUTPUT_GRADIENT,
      Cause.SAMPLE_LEFT_OUT,
      Where.EVERYWHERE,
      SumFaults.RaggedTail::new),
  FIRST_BLOCK_ONLY(
      "samples beyond the 1,024th of a batch are left out of the gradient's sum",
      Stage.OUTPUT_GRADIENT,
      Cause.SAMPLES_BEYOND,
      Where.EVERYWHERE,
      SumFaults.FirstBlockOnly::new),
  FIRST_CHUNKS_ONLY(
      "chunks beyond the eighth are left out of the gradient's sum",
      Stage.OUTPUT_GRADIENT,
      Cause.CHUNKS_BEYOND,
      Where.EVERYWHERE,
      SumFaults.FirstChunksOnly::new),
  ACCUMULATED_LATE(
      "the gradient's sum is not cleared any more from the fourth step on",
      Stage.OUTPUT_GRADIENT,
      Cause.ACCUMULATED,
      Where.EVERYWHERE,
      (precision, rate) -> new SumFaults.Accumulated(4, precision, rate)),
  FLUSHED_SUMS(
      "a gradient's sum below 1e-20 is taken for 0",
      Stage.OUTPUT_GRADIENT,
      Cause.FLUSHED,
      Where.EVERYWHERE,
      SumFaults.FlushedSums::new),
  LOOSELY_CLIPPED_GRADIENT(
      "the mean gradient is clipped to ±1",
      Stage.MEAN,
      Cause.CLIPPED,
      Where.EVERYWHERE,
      (precision, rate) -> new UpdateFaults.ClippedGradient(1, precision, rate));

  /** What a fault needs to exist. */
  private enum Where {
    EVERYWHERE("nothing"),
    SEVERAL_UNITS("at least two hidden units"),
    IN_DOUBLE("double precision");

    private final String needs;

    Where(String needs) {
      this.needs = needs;
    }
  }

  private interface Planting {
    TextbookNetwork plant(Precision precision, double rate);
  }

  private final String description;
  private final Stage stage;
  private final Cause cause;
  private final Where where;
  private final Planting planting;

  Mutant(String description, Stage stage, Cause cause, Where where, Planting planting) {
    this.description = description;
    this.stage = stage;
    this.cause = cause;
    this.where = where;
    this.planting = planting;
  }

  /** What is wrong in the network, in one sentence. */
  public String description() {
    return description;
  }

  /** The first stage whose values it makes wrong. */
  public Stage stage() {
    return stage;
  }

  /** What a good hint suspects. */
  public Cause cause() {
    return cause;
  }

  /** Whether it can be planted in such a network; elsewhere it would change nothing. */
  public boolean fits(Topology topology, Precision precision) {
    return switch (where) {
      case EVERYWHERE -> true;
      case SEVERAL_UNITS -> topology.hidden() > 1;
      case IN_DOUBLE -> precision == Precision.DOUBLE;
    };
  }

  /** What it takes to plant it, in words. */
  public String needs() {
    return "it needs " + where.needs;
  }

  /** A network with this fault. */
  public Subject plant(Precision precision) {
    return planting.plant(precision, Subject.LEARNING_RATE);
  }

  /** The name in lower case with hyphens, as in {@code --mutant}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
