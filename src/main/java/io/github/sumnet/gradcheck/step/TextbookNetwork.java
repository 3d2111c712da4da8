package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Backpropagation and gradient descent as a textbook has them, every operation rounded to the
 * precision, stage after stage over the whole batch. Each operation is a method of its own, so that
 * a fault can be planted in exactly one place.
 *
 * <p>Sums, products and quotients of two floats, computed in double and rounded once more, are
 * correctly rounded floats: 53 bits are more than twice 24.
 */
public class TextbookNetwork implements Subject {
  protected final Precision precision;
  protected final double rate;
  private Topology topology = Topology.DEFAULT;
  private double[] weights = new double[topology.weightCount()];

  /**
   * A network that is trained at this rate, which is rounded to the precision.
   *
   * @param rate the learning rate η
   */
  public TextbookNetwork(Precision precision, double rate) {
    this.precision = precision;
    this.rate = precision.round(rate);
  }

  @Override
  public void begin(Weights start) {
    topology = start.topology();
    weights = start.toArray();
  }

  @Override
  public Observation step(List<Batch> chunks) throws InterruptedException {
    Batch batch = Batches.joined(chunks);
    int n = batch.size();
    int units = n * hidden();
    Trace trace =
        new Trace(
            new double[units],
            new double[units],
            new double[n],
            new double[n],
            new double[n],
            new double[units]);
    forward(batch, trace);
    double loss = loss(chunks, batch, trace);
    outputDeltas(batch, trace);
    double[] outputSum = total(chunkSums(chunks, batch, trace), n);
    hiddenDeltas(trace, backwardWeights(outputSum, n));
    List<double[]> chunkSums = chunkSums(chunks, batch, trace);
    double[] sum = gradientSum(total(chunkSums, n));
    double[] mean = mean(sum, chunkSums, chunks);
    weights = updated(weights, mean);
    return new Observation(
        trace,
        loss,
        Weights.of(topology, sum),
        Weights.of(topology, mean),
        Weights.of(topology, weights));
  }

  private void forward(Batch batch, Trace trace) {
    int hidden = hidden();
    for (int i = 0; i < batch.size(); i++) {
      double zo = 0;
      for (int j = 0; j < hidden; j++) {
        double z = weightedInput(batch.x1(i), batch.x2(i), j);
        double a = activation(z);
        trace.z()[i * hidden + j] = z;
        trace.a()[i * hidden + j] = a;
        zo = plus(zo, times(a, outputWeight(j)));
      }
      trace.zo()[i] = weightedOutput(zo);
      trace.prediction()[i] = prediction(trace.zo()[i]);
    }
  }

  private double loss(List<Batch> chunks, Batch batch, Trace trace) {
    List<double[]> sums = new ArrayList<>();
    int i = 0;
    for (Batch chunk : chunks) {
      double sum = 0;
      for (int end = i + chunk.size(); i < end; i++) {
        sum = plus(sum, sampleLoss(minus(trace.prediction()[i], target(batch, i))));
      }
      sums.add(new double[] {sum});
    }
    return over(tree(sums)[0], lossDivisor(batch.size()));
  }

  private void outputDeltas(Batch batch, Trace trace) {
    for (int i = 0; i < batch.size(); i++) {
      double prediction = trace.prediction()[i];
      trace.deltaOutput()[i] =
          outputDelta(residual(prediction, target(batch, i)), outputSlope(prediction));
    }
  }

  private void hiddenDeltas(Trace trace, double[] outputWeights) {
    int hidden = hidden();
    for (int k = 0; k < trace.z().length; k++) {
      trace.deltaHidden()[k] =
          hiddenDelta(
              trace.deltaOutput()[k / hidden],
              outputWeights[k % hidden],
              hiddenSlope(trace.z()[k], trace.a()[k]));
    }
  }

  /** The gradient sums of each chunk, in the order of the weights. */
  private List<double[]> chunkSums(List<Batch> chunks, Batch batch, Trace trace) {
    List<double[]> sums = new ArrayList<>();
    int begin = 0;
    for (Batch chunk : chunks) {
      double[] sum = new double[weights.length];
      for (int i = begin; i < begin + chunk.size(); i++) {
        for (int times = 0; times < occurrences(i, batch.size()); times++) {
          add(i, batch, trace, sum);
        }
      }
      sums.add(sum);
      begin += chunk.size();
    }
    return sums;
  }

  private void add(int i, Batch batch, Trace trace, double[] sum) {
    int hidden = hidden();
    for (int j = 0; j < hidden; j++) {
      int unit = i * hidden + j;
      for (int input = 0; input < Topology.INPUTS; input++) {
        int k = input * hidden + j;
        sum[k] = plus(sum[k], times(trace.deltaHidden()[unit], input(batch, i, input)));
      }
      int k = 2 * hidden + j;
      double factor = outputFactor(trace.a()[unit], trace.prediction()[i]);
      sum[k] = plus(sum[k], times(trace.deltaOutput()[i], factor));
    }
  }

  /** z_j = x1·w1j + x2·w2j. */
  protected double weightedInput(double x1, double x2, int unit) {
    return plus(times(x1, inputWeight(0, unit)), times(x2, inputWeight(1, unit)));
  }

  /** The weight from an input to a hidden unit, as the forward pass reads it. */
  protected double inputWeight(int input, int unit) {
    return weights[input * hidden() + unit];
  }

  /** a_j = σ(z_j). */
  protected double activation(double z) {
    return sigmoid(z);
  }

  /** zo, of which this is the sum over the hidden units. */
  protected double weightedOutput(double sum) {
    return sum;
  }

  /** ŷ = σ(zo). */
  protected double prediction(double zo) {
    return sigmoid(zo);
  }

  /** y. */
  protected double target(Batch batch, int sample) {
    return batch.y(sample);
  }

  /** ½(ŷ−y)² of ŷ − y. */
  protected double sampleLoss(double difference) {
    return times(0.5, times(difference, difference));
  }

  /** What the loss's sum over n samples is divided by. */
  protected int lossDivisor(int n) {
    return n;
  }

  /** ŷ − y, the derivative of the loss by ŷ. */
  protected double residual(double prediction, double target) {
    return minus(prediction, target);
  }

  /** σ′(zo) = ŷ(1−ŷ). */
  protected double outputSlope(double prediction) {
    return slope(prediction);
  }

  /** δ_o = (ŷ−y)·σ′(zo). */
  protected double outputDelta(double residual, double slope) {
    return times(residual, slope);
  }

  /** What δ_o is multiplied with in a sample's derivative by wh_j. */
  protected double outputFactor(double a, double prediction) {
    return a;
  }

  /**
   * The weights wh through which δ_o goes back to the hidden units.
   *
   * @param gradientSum the sum over the batch as far as it is known: for wh
   */
  protected double[] backwardWeights(double[] gradientSum, int n) {
    double[] outputs = new double[hidden()];
    for (int j = 0; j < outputs.length; j++) {
      outputs[j] = outputWeight(j);
    }
    return outputs;
  }

  /** σ′(z_j) = a_j(1−a_j). */
  protected double hiddenSlope(double z, double a) {
    return slope(a);
  }

  /** δ_j = δ_o·wh_j·σ′(z_j). */
  protected double hiddenDelta(double outputDelta, double weight, double slope) {
    return times(times(outputDelta, weight), slope);
  }

  /** x1 or x2, what δ_j is multiplied with in a sample's derivative by w1j or w2j. */
  protected double input(Batch batch, int sample, int input) {
    return input == 0 ? batch.x1(sample) : batch.x2(sample);
  }

  /** How often a sample of a batch of n goes into the gradient sums. */
  protected int occurrences(int sample, int n) {
    return 1;
  }

  /** The sum over the chunks of a batch of n. */
  protected double[] total(List<double[]> chunkSums, int n) {
    return tree(chunkSums);
  }

  /** Neighbours are added until one is left. */
  private double[] tree(List<double[]> sums) {
    if (sums.size() == 1) {
      return sums.get(0).clone();
    }
    List<double[]> pairs = new ArrayList<>();
    for (int i = 0; i < sums.size(); i += 2) {
      double[] pair = sums.get(i).clone();
      for (int k = 0; i + 1 < sums.size() && k < pair.length; k++) {
        pair[k] = plus(pair[k], sums.get(i + 1)[k]);
      }
      pairs.add(pair);
    }
    return tree(pairs);
  }

  /** What the sum of the gradients becomes before it is divided. */
  protected double[] gradientSum(double[] sum) {
    return sum;
  }

  /** The mean gradient, which the updater is given. */
  protected double[] mean(double[] sum, List<double[]> chunkSums, List<Batch> chunks) {
    int divisor = divisor(Batches.size(chunks));
    double[] mean = new double[sum.length];
    for (int k = 0; k < mean.length; k++) {
      mean[k] = over(sum[k], divisor);
    }
    return mean;
  }

  /** What the gradient's sum over n samples is divided by. */
  protected int divisor(int n) {
    return n;
  }

  /** w − η·gradient. */
  protected double[] updated(double[] before, double[] mean) {
    double[] after = new double[before.length];
    for (int k = 0; k < after.length; k++) {
      after[k] = minus(before[k], times(rate, mean[k]));
    }
    return after;
  }

  protected final int hidden() {
    return topology.hidden();
  }

  protected final double outputWeight(int unit) {
    return weights[2 * hidden() + unit];
  }

  /** The weight at a place in the order of the names. */
  protected final double weight(int k) {
    return weights[k];
  }

  protected final double sigmoid(double z) {
    return over(1, plus(1, exp(-z)));
  }

  protected final double slope(double activation) {
    return times(activation, minus(1, activation));
  }

  protected final double exp(double x) {
    return precision.round(Math.exp(x));
  }

  protected final double plus(double x, double y) {
    return precision.round(x + y);
  }

  protected final double minus(double x, double y) {
    return precision.round(x - y);
  }

  protected final double times(double x, double y) {
    return precision.round(x * y);
  }

  protected final double over(double x, double y) {
    return precision.round(x / y);
  }
}
