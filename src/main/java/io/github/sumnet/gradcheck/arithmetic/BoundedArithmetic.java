package io.github.sumnet.gradcheck.arithmetic;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Numbers with a bound on what rounding does to them: the error analysis of a training step,
 * operation by operation, for the very numbers at hand, so that no tolerance has to be chosen.
 *
 * <p>How errors arise and grow in floating-point arithmetic is said by the standard model fl(x op
 * y) = (x op y)(1 + δ), |δ| ≤ u, with η for results that underflow (Higham, <i>Accuracy and
 * Stability of Numerical Algorithms</i>, 2nd edition, section 2.2). A fused multiply-add rounds
 * once where these rules round twice, so they cover it, and where they say γ_k the k roundings may
 * come in any order (Higham, lemma 3.1 and section 4.2): one bound serves every order of summation,
 * with vectors or without. Samples may be summed in any order within a chunk; n chunks are added
 * along a binary tree, in which each goes through ⌈log₂ n⌉ additions at most.
 *
 * <p>The bounds are themselves computed in double, by additions, multiplications and divisions of
 * non-negative numbers, which loses some hundred units of 2^-53 at most; the differences 1−s and
 * 1−2s, off by 2^-53, only ever multiply an error. {@link #SLACK} makes up for that.
 */
public class BoundedArithmetic implements Arithmetic<Approximation> {
  /**
   * The JDK promises Math.exp within 1 ulp; glibc lists 1 ulp for exp and expf, but up to 4 for
   * libmvec's vectors of them. DL4J's σ was measured on 2.6 million floats from −87 to −20, where
   * its error is that of the exponential and two roundings, 4u together by this figure: it is off
   * by 1.5u at most, so that no libmvec is at work. A test repeats that.
   */
  static final double CPU_EXP_ULPS = 1;

  /** NVIDIA's CUDA C++ Programming Guide lists at most 2 ulp for expf, 1 for exp. */
  private static final double CUDA_EXP_ULPS = 2;

  /** A factor for finished bounds: more than their own rounding, less than anyone could notice. */
  public static final double SLACK = 1 + 0x1p-30;

  /**
   * What underflows cost a result, in units of η. The computation itself loses η/2 where it rounds
   * a subnormal number. The bound, computed in double, loses as much in each of its own products
   * where the judged precision is double too: four for a single operation (each factor times the
   * other's error, the errors' product, γ times the magnitude; the sigmoid has four others), three
   * for a term of a sum. So a result wants 2.5η, a term 2η, and both get some more.
   */
  private static final int UNDERFLOW_OF_A_RESULT = 4;

  private static final int UNDERFLOW_OF_A_TERM = 3;

  /** How far below the largest exponent an exponential may already overflow. */
  private static final double NEARLY = 0.01;

  /** A loss may be the mean of a chunk, times its size, summed over the chunks. */
  private static final int ROUNDINGS_OF_A_MEAN = 2;

  private static final Approximation ONE = Approximation.exact(1);

  /** What a float makes of a number. */
  public static final BoundedArithmetic FLOAT =
      new BoundedArithmetic(Precision.FLOAT, CUDA_EXP_ULPS);

  private static final int TANH_ROUNDINGS = 5;

  /** The JDK and glibc promise the logarithm within 1 ulp. */
  private static final double LOG_ULPS = 1;

  /** The precision whose roundings these are. */
  final Precision precision;

  private final double u;
  private final double largest;

  /** The smallest number that is not flushed to zero. */
  final double eta;

  /** The relative error of an exponential. */
  final double expError;

  /**
   * Numbers of a precision.
   *
   * @param expUlps how many units in the last place the exponential may be wrong by
   */
  public BoundedArithmetic(Precision precision, double expUlps) {
    this(precision, expUlps, precision.smallestSubnormal());
  }

  /**
   * Numbers of a precision on a device that flushes small ones.
   *
   * @param eta the smallest number that it does not flush to zero
   */
  public BoundedArithmetic(Precision precision, double expUlps, double eta) {
    this.precision = precision;
    this.eta = eta;
    u = precision.unitRoundoff();
    largest = precision.largest();
    expError = 2 * u * expUlps;
  }

  /** The rounding errors of an engine: those of DL4J and ND4J, or of the fused kernels. */
  public static BoundedArithmetic of(EngineSpec engine) {
    return engine.type() == EngineType.FUSED
        ? FusedRounding.of(engine)
        : of(engine.precision(), engine.device());
  }

  /** How this precision rounds on this device. */
  public static BoundedArithmetic of(Precision precision, Device device) {
    return new BoundedArithmetic(
        precision,
        switch (device) {
          case CPU, OPENCL -> CPU_EXP_ULPS;
          case CUDA -> CUDA_EXP_ULPS;
        });
  }

  /**
   * This arithmetic without the values below which an exponential does not go: where they make up
   * most of a bound, an error that equals the bound says nothing about its tightness.
   */
  public BoundedArithmetic withoutFloor() {
    return this;
  }

  /** γ_k = ku/(1−ku), what k roundings in a row can amount to (Higham, lemma 3.1). */
  public double gamma(int k) {
    return k * u / (1 - k * u);
  }

  @Override
  public Approximation of(double x) {
    return Approximation.exact(precision.round(x));
  }

  @Override
  public Approximation about(double x, double error) {
    return new Approximation(x, error);
  }

  @Override
  public double largestExponent() {
    return Math.log(largest);
  }

  @Override
  public double toDouble(Approximation x) {
    return x.value();
  }

  /** A number that was rounded on its way into the judged precision. */
  public Approximation rounded(double value) {
    return new Approximation(value, u * Math.abs(value) + eta);
  }

  /** A power of two costs no rounding, unless the product underflows. */
  @Override
  public Approximation times(Approximation x, Approximation y) {
    return product(x, y, isPowerOfTwo(x) || isPowerOfTwo(y) ? 0 : 1);
  }

  private static boolean isPowerOfTwo(Approximation x) {
    return x.error() == 0 && Math.abs(x.value()) == Math.ulp(x.value()) * 0x1p52;
  }

  /**
   * x·y: (x+e)(y+f) − xy = xf + ye + ef, and the roundings. Zero times a number is zero exactly,
   * but 0·∞ is not a number: nothing can be said where the other factor may have overflowed.
   */
  private Approximation product(Approximation x, Approximation y, int roundings) {
    return vanishes(x, y)
        ? Approximation.exact(0)
        : rounded(x.value() * y.value(), inherited(x, y), roundings);
  }

  /** Whether every computation of x·y is zero. */
  private static boolean vanishes(Approximation x, Approximation y) {
    boolean finite = !x.mayBeInfinite() && !y.mayBeInfinite();
    return finite && (x.isExactZero() || y.isExactZero());
  }

  /**
   * A hidden delta δ·w·σ′, whatever two of its factors are multiplied first.
   *
   * <p>Two roundings in any order amount to γ_2, and the factors' errors multiply out the same. An
   * underflow does depend on the order: what it takes from a partial product is multiplied by the
   * factors still to come, so that of (δ·σ′)·w costs |w|·η, and not the η of (δ·w)·σ′. At most it
   * costs η times every factor that is larger than 1, here three times: σ′ = a(1−a) may be taken
   * apart. A partial product may overflow where the whole does not: the largest are δ·w and δ·σ′.
   *
   * @param delta the output's δ
   */
  private Approximation hiddenDelta(
      Approximation delta, Approximation weight, Approximation slope) {
    Approximation whole = product(product(delta, weight, 1), slope, 1);
    Approximation partial = product(delta, slope, 1);
    boolean overflows = partial.mayBeInfinite() || whole.mayBeInfinite();
    if (overflows || whole.isExactZero()) {
      return overflows ? new Approximation(whole.value(), Double.POSITIVE_INFINITY) : whole;
    }
    double growth = growth(delta) * growth(weight);
    Approximation bounded =
        overflowing(whole.value(), whole.error() + 3 * eta * growth, whole.magnitude());
    return new Approximation(bounded.value(), bounded.error(), growth, partial.magnitude());
  }

  /** By how much a factor can make an error larger that was made before it was multiplied with. */
  private static double growth(Approximation factor) {
    return Math.max(1, factor.magnitude());
  }

  @Override
  public Approximation plus(Approximation x, Approximation y) {
    return minus(x, new Approximation(-y.value(), y.error()));
  }

  /** x − y: the operands' errors and one rounding. */
  @Override
  public Approximation minus(Approximation x, Approximation y) {
    if (x.isExactZero() && y.isExactZero()) {
      return Approximation.exact(0);
    }
    return rounded(x.value() - y.value(), x.error() + y.error(), 1);
  }

  /** The error of a product that the factors bring with them. */
  static double inherited(Approximation x, Approximation y) {
    if (x.mayBeInfinite() || y.mayBeInfinite()) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.abs(x.value()) * y.error()
        + Math.abs(y.value()) * x.error()
        + x.error() * y.error();
  }

  /**
   * x/y: with an error f in y it is off by |x/y|·f/(|y|−f), and the roundings. Zero divided by a
   * number that is exact, zero among them, is zero exactly; otherwise nothing can be said where y
   * may be zero.
   */
  @Override
  public Approximation over(Approximation x, Approximation y) {
    if (x.isExactZero() && y.error() == 0) {
      return x;
    }
    double least = Math.abs(y.value()) - y.error();
    double value = x.value() / y.value();
    return least > 0
        ? rounded(value, (x.error() + Math.abs(value) * y.error()) / least, roundingsOfQuotient())
        : new Approximation(value, Double.POSITIVE_INFINITY);
  }

  /** How many roundings a quotient is off by at most. */
  int roundingsOfQuotient() {
    return 1;
  }

  @Override
  public Approximation toFloat(Approximation x) {
    return FLOAT.rounded(x.value(), x.error(), 1);
  }

  /** ln x: an error E in x moves it by E/(x−E) at most; the logarithm is off by an ulp. */
  @Override
  public Approximation log(Approximation x) {
    double least = x.value() - x.error();
    double value = Math.log(x.value());
    return least > 0
        ? rounded(value, x.error() / least, 1 + (int) LOG_ULPS)
        : new Approximation(value, Double.POSITIVE_INFINITY);
  }

  /** What an engine makes of z; ND4J where it is no sigmoid. */
  @Override
  public Approximation activation(Activation function, Approximation z) {
    if (z.mayBeInfinite()) {
      return z;
    }
    return switch (function) {
      case IDENTITY -> z;
      case SIGMOID -> sigmoid(z, sigma(z.value()), sigmaSlope(z.value()));
      case TANH -> tanh(z);
      case RELU -> new Approximation(Math.max(0, z.value()), z.error());
      case LEAKY_RELU -> z.value() > z.error() ? z : rounded(leak(z.value()), z.error(), 2);
      case SOFTPLUS -> softplus(z);
      case SOFTMAX -> throw new IllegalArgumentException("softmax is of a layer, not of a unit");
    };
  }

  /**
   * What an engine takes for the activation's derivative at z, where it has a for the activation.
   * Where the derivative jumps within the error of z, nothing can be said.
   */
  @Override
  public Approximation slope(Activation function, Approximation z, Approximation a) {
    if (z.mayBeInfinite()) {
      return z;
    }
    boolean atKink = function.hasKink() && Math.abs(z.value()) <= z.error();
    if (atKink) {
      return new Approximation(0, Double.POSITIVE_INFINITY);
    }
    return switch (function) {
      case IDENTITY -> Approximation.exact(1);
      case SIGMOID -> sigmoidDerivative(z, a, sigmaSlope(z.value()));
      case TANH -> {
        double t = Math.tanh(z.value());
        double inherited = 2 * Math.abs(t) * a.error() + a.error() * a.error();
        double square = t * t + inherited;
        yield rounded(4 * sigmaSlope(2 * z.value()), inherited + u * square, 1);
      }
      case RELU -> Approximation.exact(z.value() > 0 ? 1 : 0);
      case LEAKY_RELU -> z.value() > 0 ? Approximation.exact(1) : rounded(Activation.LEAK);
      case SOFTPLUS -> sigmoid(z, sigma(z.value()), sigmaSlope(z.value()));
      case SOFTMAX -> throw new IllegalArgumentException("softmax is of a layer, not of a unit");
    };
  }

  private static double leak(double z) {
    return z > 0 ? z : Activation.LEAK * z;
  }

  /**
   * tanh from e^2z or from σ(2z), which loses the digits of a small z: off by up to {@value
   * #TANH_ROUNDINGS} u whatever tanh is. ND4J's was measured on 2.8 million numbers from 1e-12 to
   * 60 and was off by 1.7u in float and 3u in double at most; of a z below u/2 it makes 0.
   */
  private Approximation tanh(Approximation z) {
    double shift = z.error() * Math.min(1, 4 * sigmaSlope(2 * z.value()) * Math.exp(2 * z.error()));
    return rounded(Math.tanh(z.value()), shift + TANH_ROUNDINGS * u, 0);
  }

  /**
   * ln(1 + e^z): what e^z and 1 + e^z are off by, as shares of 1 + e^z, comes into the logarithm as
   * it is. Where e^z overflows, so does this.
   */
  private Approximation softplus(Approximation z) {
    double value = Math.max(0, z.value()) + Math.log1p(Math.exp(-Math.abs(z.value())));
    if (z.value() + z.error() > Math.log(largest) - NEARLY) {
      return new Approximation(value, Double.POSITIVE_INFINITY);
    }
    double s = Math.min(1, sigma(z.value() + z.error()));
    double inherited = s * (z.error() + expError) + 2 * u;
    return rounded(value, inherited, 1 + (int) LOG_ULPS);
  }

  /**
   * e^(z−m) as shares of their sum, for the largest z, m. An error d in an exponent changes a share
   * by e^±d, as all errors in the sum together do. What underflows is lost.
   */
  @Override
  public List<Approximation> softmax(List<Approximation> z) {
    double most = z.stream().mapToDouble(Approximation::value).max().orElseThrow();
    double errors = z.stream().mapToDouble(Approximation::error).max().orElseThrow();
    double sum = z.stream().mapToDouble(each -> Math.exp(each.value() - most)).sum();
    double mean = 0;
    for (Approximation each : z) {
      double share = Math.exp(each.value() - most) / sum;
      mean += share * (2 * errors + u * (most - each.value()));
    }
    List<Approximation> shares = new ArrayList<>();
    for (Approximation each : z) {
      double share = Math.exp(each.value() - most) / sum;
      double exponent = 2 * errors + u * (most - each.value()) + mean * (1 + errors) + 2 * expError;
      double inherited = share * Math.expm1(exponent) + smallestNormal();
      shares.add(
          errors < 1
              ? rounded(share, inherited, z.size() + 1)
              : new Approximation(share, Double.POSITIVE_INFINITY));
    }
    return shares;
  }

  private double smallestNormal() {
    return precision == Precision.FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
  }

  /** A probability as a loss takes it that keeps it this far from 0 and 1: unknown beyond that. */
  @Override
  public Approximation probability(Approximation p, double clip) {
    boolean inside = p.value() - p.error() > clip && p.value() + p.error() < 1 - clip;
    return inside ? p : new Approximation(p.value(), Double.POSITIVE_INFINITY);
  }

  /**
   * s = σ(z) as 1/(1 + e^−z).
   *
   * <p>An error E in z: σ grows, so s is off by σ(z ± E) − σ(z), which is at most σ′(z)·E·e^E as
   * |σ″| ≤ σ′. The computation itself: with a relative error ε in e^−z, 1 + e^−z is off by the
   * share of e^−z in it, which is 1−s, times ε; then sum and quotient round. The JDK promises
   * Math.exp within 1 ulp, 2u. Where e^−z exceeds the largest number the quotient is 0, and s was
   * less than one by that number.
   *
   * @param s σ(z)
   * @param slope σ′(z)
   */
  Approximation sigmoid(Approximation z, double s, double slope) {
    if (z.error() == Double.POSITIVE_INFINITY) {
      return new Approximation(s, Double.POSITIVE_INFINITY);
    }
    double shift = shift(z, slope);
    double own = (s + shift) * (Math.min(1 - s + shift, 1) * expError + 2 * u) * (1 + expError);
    double vanished = z.value() - z.error() < NEARLY - Math.log(largest) ? 1 / largest : 0;
    return new Approximation(s, Math.min(shift + own + vanished + UNDERFLOW_OF_A_RESULT * eta, 1));
  }

  /** How far an error in z takes σ. */
  static double shift(Approximation z, double slope) {
    if (z.error() <= 1) {
      return slope * z.error() * Math.exp(z.error());
    }
    double s = sigma(z.value());
    return Math.max(sigma(z.value() + z.error()) - s, s - sigma(z.value() - z.error())) + 0x1p-52;
  }

  /**
   * σ′ = s(1−s) from a computed s: with an error E in s it moves by |1−2s|·E + E² and is rounded
   * twice. This loses everything where 1−s does: it is why σ′ of a unit in saturation is
   * inconclusive.
   *
   * @param z what σ was computed of
   * @param s σ(z) as computed
   * @param slope σ′(z)
   */
  Approximation sigmoidDerivative(Approximation z, Approximation s, double slope) {
    double inherited = Math.abs(1 - 2 * s.value()) * s.error() + s.error() * s.error();
    return rounded(slope, inherited, 2);
  }

  /** A result with a number of roundings of its own. */
  Approximation rounded(double value, double inherited, int roundings) {
    double magnitude = Math.abs(value) + inherited;
    double own = gamma(roundings) * magnitude + UNDERFLOW_OF_A_RESULT * eta;
    return overflowing(value, inherited + own, magnitude);
  }

  /** Nothing can be said of a number that may have become infinite, or of what came of one. */
  private Approximation overflowing(double value, double error, double magnitude) {
    boolean bounded = magnitude < largest && error < largest;
    return new Approximation(value, bounded ? error : Double.POSITIVE_INFINITY);
  }

  private static double sigma(double z) {
    double e = Math.exp(-Math.abs(z));
    return (z < 0 ? e : 1) / (1 + e);
  }

  private static double sigmaSlope(double z) {
    double e = Math.exp(-Math.abs(z));
    return e / ((1 + e) * (1 + e));
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
        ? hiddenDelta(deltas.get(0), weights.get(0), slope)
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

    /** The sum of the terms' errors. */
    private double inherited;

    /** The sum of the terms' largest magnitudes. */
    private double magnitude;

    /** The sum over the terms of how much an underflow in them can still grow. */
    private double growths;

    /** The sum of the terms' largest magnitudes without a common factor. */
    private double partial;

    /** How many terms are not exactly zero. */
    private int terms;

    void add(Approximation x, Approximation y) {
      if (vanishes(x, y)) {
        return;
      }
      value += x.value() * y.value();
      inherited += BoundedArithmetic.inherited(x, y);
      magnitude += x.magnitude() * y.magnitude();
      growths +=
          x.growth() * BoundedArithmetic.growth(y) + y.growth() * BoundedArithmetic.growth(x);
      partial += x.partial() * y.magnitude() + y.partial() * x.magnitude();
      terms++;
    }

    /**
     * A sum of k terms, or of k products. In any order each product goes through its own rounding
     * and at most k−1 of the sum: Σ|terms|·γ_k (Higham, section 3.1); terms without a rounding of
     * their own make that γ_{k−1}; in a binary tree it is ⌈log₂ k⌉ of the sum (section 4.2).
     * Underflows are counted by {@link #UNDERFLOW_OF_A_TERM}.
     *
     * <p>Terms (δ·w·σ′)·x may have one w in all of them, that is multiplied with each or with the
     * finished sum, Σ(δ·σ′·x)·w. Taking w out of the sum saves every term a rounding, which the one
     * at the end makes up for, and Σ|δ·σ′·x|·|w| is the same number: γ_k Σ|terms| covers both, and
     * so it does if w is taken out of parts of the sum. Underflows before w is multiplied with grow
     * with it, and the sum without w may overflow where the other does not.
     *
     * @param roundings at most how many roundings a term goes through
     */
    Approximation total(int roundings) {
      if (terms == 0) {
        return Approximation.exact(0);
      }
      double error =
          inherited
              + gamma(roundings) * magnitude
              + (terms * UNDERFLOW_OF_A_TERM + UNDERFLOW_OF_A_RESULT * growths) * eta;
      return overflowing(value, error, Math.max(magnitude, partial) + error);
    }
  }
}
