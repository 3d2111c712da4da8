package io.github.sumnet.gradcheck.arithmetic;

import io.github.sumnet.network.Activation;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Numbers with a bound on what rounding does to them: the error analysis of a training step,
 * operation by operation, for the very numbers at hand, so that no tolerance has to be chosen. How
 * an engine rounds, and how it computes σ and σ′, is the model's to say.
 *
 * <p>Samples may be summed in any order within a chunk; n chunks are added along a binary tree, in
 * which each goes through ⌈log₂ n⌉ additions at most.
 */
public final class BoundedArithmetic implements Arithmetic<Approximation> {
  /** A loss may be the mean of a chunk, times its size, summed over the chunks. */
  private static final int ROUNDINGS_OF_A_MEAN = 2;

  private static final Approximation ONE = Approximation.exact(1);

  private final RoundingModel model;

  public BoundedArithmetic(RoundingModel model) {
    this.model = model;
  }

  public RoundingModel model() {
    return model;
  }

  @Override
  public Approximation of(double x) {
    return Approximation.exact(model.precision().round(x));
  }

  @Override
  public Approximation about(double x, double error) {
    return new Approximation(x, error);
  }

  @Override
  public double largestExponent() {
    return Math.log(model.precision().largest());
  }

  @Override
  public double toDouble(Approximation x) {
    return x.value();
  }

  @Override
  public Approximation plus(Approximation x, Approximation y) {
    return minus(x, new Approximation(-y.value(), y.error()));
  }

  @Override
  public Approximation minus(Approximation x, Approximation y) {
    return model.difference(x, y);
  }

  /** A power of two costs no rounding. */
  @Override
  public Approximation times(Approximation x, Approximation y) {
    return isPowerOfTwo(x) || isPowerOfTwo(y) ? model.scaled(x, y) : model.product(x, y);
  }

  private static boolean isPowerOfTwo(Approximation x) {
    return x.error() == 0 && Math.abs(x.value()) == Math.ulp(x.value()) * 0x1p52;
  }

  @Override
  public Approximation over(Approximation x, double n) {
    return model.quotient(x, n);
  }

  @Override
  public Approximation over(Approximation x, Approximation y) {
    return model.quotient(x, y);
  }

  @Override
  public Approximation log(Approximation x) {
    return model.log(x);
  }

  @Override
  public Approximation probability(Approximation p, double clip) {
    return model.probability(p, clip);
  }

  @Override
  public Approximation toFloat(Approximation x) {
    return RoundingModel.FLOAT.rounded(x.value(), x.error(), 1);
  }

  @Override
  public Approximation activation(Activation function, Approximation z) {
    return model.activation(function, z);
  }

  @Override
  public Approximation slope(Activation function, Approximation z, Approximation a) {
    return model.slope(function, z, a);
  }

  @Override
  public List<Approximation> softmax(List<Approximation> z) {
    return model.softmax(z);
  }

  @Override
  public Approximation sum(List<Approximation> terms) {
    Sum sum = new Sum();
    terms.forEach(term -> sum.add(term, ONE));
    return sum.total(sum.terms - 1);
  }

  @Override
  public Approximation dot(List<Approximation> x, List<Approximation> y, Approximation bias) {
    Sum sum = new Sum();
    for (int k = 0; k < x.size(); k++) {
      sum.add(x.get(k), y.get(k));
    }
    if (bias != null) {
      sum.add(bias, ONE);
    }
    return sum.total(sum.terms);
  }

  @Override
  public Approximation delta(
      List<Approximation> deltas, List<Approximation> weights, Approximation slope) {
    return deltas.size() == 1
        ? model.hiddenDelta(deltas.get(0), weights.get(0), slope)
        : times(dot(deltas, weights, null), slope);
  }

  @Override
  public Approximation batchSum(
      int[][] chunks, int[] alike, IntFunction<Approximation> x, IntFunction<Approximation> y) {
    Sum sum = sum(chunks, x, y);
    return sum.total(Math.min(sum.terms, longest(chunks)) + levels(chunks));
  }

  @Override
  public Approximation batchSum(int[][] chunks, int[] alike, IntFunction<Approximation> term) {
    return batchSum(chunks, alike, term, sample -> ONE);
  }

  @Override
  public Approximation lossSum(int[][] chunks, int[] alike, IntFunction<Approximation> loss) {
    return sum(chunks, loss, sample -> ONE)
        .total(longest(chunks) - 1 + levels(chunks) + ROUNDINGS_OF_A_MEAN);
  }

  private Sum sum(int[][] chunks, IntFunction<Approximation> x, IntFunction<Approximation> y) {
    Sum sum = new Sum();
    for (int[] chunk : chunks) {
      for (int sample : chunk) {
        sum.add(x.apply(sample), y.apply(sample));
      }
    }
    return sum;
  }

  private static int longest(int[][] chunks) {
    int longest = 1;
    for (int[] chunk : chunks) {
      longest = Math.max(longest, chunk.length);
    }
    return longest;
  }

  private static int levels(int[][] chunks) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(chunks.length - 1);
  }

  /** A sum of products as it grows. */
  private final class Sum {
    private double value;
    private double inherited;
    private double magnitude;
    private double growths;
    private double partial;
    private int terms;

    void add(Approximation x, Approximation y) {
      if (RoundingModel.vanishes(x, y)) {
        return;
      }
      value += x.value() * y.value();
      inherited += RoundingModel.inherited(x, y);
      magnitude += x.magnitude() * y.magnitude();
      growths += x.growth() * RoundingModel.growth(y) + y.growth() * RoundingModel.growth(x);
      partial += x.partial() * y.magnitude() + y.partial() * x.magnitude();
      terms++;
    }

    /** The sum, each of whose terms goes through so many roundings at most. */
    Approximation total(int roundings) {
      return model.sum(value, inherited, magnitude, terms, roundings, growths, partial);
    }
  }
}
