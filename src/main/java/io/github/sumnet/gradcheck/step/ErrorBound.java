package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import io.github.sumnet.gradcheck.arithmetic.RoundingModel;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How far every value of a training step may be from the truth when it is computed in a precision:
 * derived operation by operation along the network, for the very inputs and weights at hand, so
 * that no tolerance has to be chosen.
 *
 * <p>Samples may be summed in any order within a chunk; n chunks are added along a binary tree, in
 * which each goes through ⌈log₂ n⌉ additions at most.
 */
public final class ErrorBound {
  /** Of the loss: the mean of a chunk, times its size, summed over the chunks, and divided. */
  private static final int ROUNDINGS_OF_A_MEAN_OF_MEANS = 3;

  private final RoundingModel model;
  private final Topology topology;
  private final Approximation[] weights;

  /** At most how many additions a sample's part in a sum goes through, in its chunk and after. */
  private final int inChunk;

  private final int overChunks;
  private final Map<Stage, double[]> errors = new EnumMap<>(Stage.class);

  private final double[] inherited;
  private final double[] magnitude;
  private final int[] terms;
  private final double[] growths;
  private final double[] unweightedMagnitude;
  private double lossError;
  private double lossMagnitude;

  /**
   * Nothing added yet.
   *
   * @param chunks the sizes of the step's chunks
   */
  private ErrorBound(
      RoundingModel model, Topology topology, Approximation[] weights, int... chunks) {
    this.model = model;
    this.topology = topology;
    this.weights = weights;
    inChunk = Arrays.stream(chunks).max().orElseThrow() - 1;
    overChunks = Integer.SIZE - Integer.numberOfLeadingZeros(chunks.length - 1);
    int samples = Arrays.stream(chunks).sum();
    inherited = new double[weights.length];
    magnitude = new double[weights.length];
    terms = new int[weights.length];
    growths = new double[weights.length];
    unweightedMagnitude = new double[weights.length];
    for (Stage stage : Stage.values()) {
      errors.put(stage, new double[stage.size(topology, samples)]);
    }
  }

  /**
   * The bounds of every value of a step over these chunks.
   *
   * @param weights as the judged computation sees them, already rounded
   * @param samples the batch, already rounded
   * @param truth what the bounds are around
   */
  public static Map<Stage, double[]> of(
      RoundingModel model, Weights weights, List<Batch> samples, ExpectedStep truth, double rate) {
    Approximation[] exact =
        Arrays.stream(weights.toArray())
            .mapToObj(Approximation::exact)
            .toArray(Approximation[]::new);
    int[] chunks = samples.stream().mapToInt(Batch::size).toArray();
    ErrorBound bound = new ErrorBound(model, weights.topology(), exact, chunks);
    int i = 0;
    for (Batch chunk : samples) {
      for (int k = 0; k < chunk.size(); k++) {
        bound.add(
            i,
            Approximation.exact(chunk.x1(k)),
            Approximation.exact(chunk.x2(k)),
            Approximation.exact(chunk.y(k)),
            truth.passes().get(i));
        i++;
      }
    }
    bound.reduce(truth, Approximation.exact(rate));
    return bound.errors;
  }

  /**
   * The bounds of one sample and a step with it, where inputs, weights and rate are rounded to the
   * judged precision first.
   */
  static Map<Stage, double[]> ofRounded(
      RoundingModel model,
      Topology topology,
      double[] weights,
      double[] sample,
      ExpectedStep truth,
      double rate) {
    Approximation[] rounded =
        Arrays.stream(weights).mapToObj(model::rounded).toArray(Approximation[]::new);
    ErrorBound bound = new ErrorBound(model, topology, rounded, 1);
    bound.add(
        0,
        model.rounded(sample[0]),
        model.rounded(sample[1]),
        model.rounded(sample[2]),
        truth.passes().get(0));
    bound.reduce(truth, model.rounded(rate));
    return bound.errors;
  }

  private void add(int i, Approximation x1, Approximation x2, Approximation y, ExactPass pass) {
    int hidden = topology.hidden();
    double[] forward = errors.get(Stage.HIDDEN_FORWARD);
    Approximation[] z = new Approximation[hidden];
    Approximation[] a = new Approximation[hidden];
    Approximation[] outputs = new Approximation[hidden];
    for (int j = 0; j < hidden; j++) {
      double slope = DoubleDouble.toDouble(pass.slope().get(j));
      z[j] =
          dot(
              pass.z().get(j),
              new Approximation[] {x1, x2},
              new Approximation[] {weights[j], weights[hidden + j]});
      a[j] = model.sigmoid(z[j], DoubleDouble.toDouble(pass.a().get(j)), slope);
      outputs[j] = weights[2 * hidden + j];
      forward[2 * hidden * i + j] = z[j].error();
      forward[2 * hidden * i + hidden + j] = a[j].error();
    }
    Approximation zo = dot(pass.zo(), a, outputs);
    double outputSlope = DoubleDouble.toDouble(pass.outputSlope());
    Approximation prediction =
        model.sigmoid(zo, DoubleDouble.toDouble(pass.prediction()), outputSlope);
    Approximation residual =
        model.difference(prediction, y).at(DoubleDouble.toDouble(pass.residual()));
    Approximation loss = model.product(residual, residual);
    Approximation deltaOutput =
        model
            .product(residual, model.sigmoidDerivative(zo, prediction, outputSlope))
            .at(DoubleDouble.toDouble(pass.deltaOutput()));

    errors.get(Stage.OUTPUT_FORWARD)[2 * i] = zo.error();
    errors.get(Stage.OUTPUT_FORWARD)[2 * i + 1] = prediction.error();
    errors.get(Stage.PREDICTED)[i] = prediction.error();
    errors.get(Stage.OUTPUT_DELTA)[i] = deltaOutput.error();
    lossError += loss.error() / 2;
    lossMagnitude += loss.magnitude() / 2;
    for (int j = 0; j < hidden; j++) {
      Approximation slope =
          model.sigmoidDerivative(z[j], a[j], DoubleDouble.toDouble(pass.slope().get(j)));
      Approximation deltaHidden =
          model
              .hiddenDelta(deltaOutput, outputs[j], slope)
              .at(DoubleDouble.toDouble(pass.deltaHidden().get(j)));
      errors.get(Stage.HIDDEN_DELTA)[i * hidden + j] = deltaHidden.error();
      Approximation unweighted = model.product(deltaOutput, slope);
      double growth = RoundingModel.growth(deltaOutput) * RoundingModel.growth(outputs[j]);
      addWeightedTerm(j, deltaHidden, x1, growth, unweighted);
      addWeightedTerm(hidden + j, deltaHidden, x2, growth, unweighted);
      addTerm(2 * hidden + j, deltaOutput, a[j]);
    }
  }

  private Approximation dot(BigDecimal value, Approximation[] x, Approximation[] w) {
    double error = 0;
    double size = 0;
    int count = 0;
    for (int k = 0; k < x.length; k++) {
      if (!RoundingModel.vanishes(x[k], w[k])) {
        error += RoundingModel.inherited(x[k], w[k]);
        size += x[k].magnitude() * w[k].magnitude();
        count++;
      }
    }
    return model.sum(DoubleDouble.toDouble(value), error, size, count, count);
  }

  private void addTerm(int weight, Approximation x, Approximation y) {
    if (!RoundingModel.vanishes(x, y)) {
      inherited[weight] += RoundingModel.inherited(x, y);
      magnitude[weight] += x.magnitude() * y.magnitude();
      terms[weight]++;
    }
  }

  private void addWeightedTerm(
      int weight,
      Approximation delta,
      Approximation input,
      double growth,
      Approximation unweighted) {
    addTerm(weight, delta, input);
    if (!RoundingModel.vanishes(delta, input)) {
      growths[weight] += growth * RoundingModel.growth(input);
    }
    unweightedMagnitude[weight] += unweighted.magnitude() * input.magnitude();
  }

  private void reduce(ExpectedStep truth, Approximation rate) {
    int n = truth.passes().size();
    Approximation lossSum =
        model.sum(
            0, lossError, lossMagnitude, n, inChunk + overChunks + ROUNDINGS_OF_A_MEAN_OF_MEANS);
    errors.get(Stage.LOSS)[0] = lossSum.error() / n;
    int hidden = topology.hidden();
    for (int k = 0; k < weights.length; k++) {
      double value =
          k < 2 * hidden
              ? DoubleDouble.toDouble(truth.at(Stage.HIDDEN_GRADIENT)[k])
              : DoubleDouble.toDouble(truth.at(Stage.OUTPUT_GRADIENT)[k - 2 * hidden]);
      Approximation sum =
          model.weightedSum(
              value,
              inherited[k],
              magnitude[k],
              terms[k],
              Math.min(terms[k], inChunk + 1) + overChunks,
              growths[k],
              unweightedMagnitude[k]);
      if (k < 2 * hidden) {
        errors.get(Stage.HIDDEN_GRADIENT)[k] = sum.error();
      } else {
        errors.get(Stage.OUTPUT_GRADIENT)[k - 2 * hidden] = sum.error();
      }
      Approximation mean = model.quotient(sum, n);
      errors.get(Stage.MEAN)[k] = mean.error();
      Approximation change = model.product(rate, mean);
      errors.get(Stage.UPDATE)[k] = model.difference(weights[k], change).error();
    }
    // They are returned in double, but come from numbers of the judged precision.
    errors.get(Stage.RETURNED)[0] = errors.get(Stage.LOSS)[0];
    System.arraycopy(errors.get(Stage.MEAN), 0, errors.get(Stage.RETURNED), 1, weights.length);
  }
}
