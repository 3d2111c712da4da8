package io.github.sumnet.gradcheck.arithmetic;

import io.github.sumnet.network.Activation;
import io.github.sumnet.network.Precision;
import java.util.List;

/**
 * A textbook's arithmetic: every operation rounded to the precision.
 *
 * <p>Sums, products and quotients of two floats, computed in double and rounded once more, are
 * correctly rounded floats: 53 bits are more than twice 24.
 */
public record RoundedArithmetic(Precision precision) implements Arithmetic<Double> {

  @Override
  public Double of(double x) {
    return precision.round(x);
  }

  @Override
  public double largestExponent() {
    return Math.log(precision.largest());
  }

  @Override
  public double toDouble(Double x) {
    return x;
  }

  @Override
  public Double plus(Double x, Double y) {
    return of(x + y);
  }

  @Override
  public Double minus(Double x, Double y) {
    return of(x - y);
  }

  @Override
  public Double times(Double x, Double y) {
    return of(x * y);
  }

  @Override
  public Double over(Double x, Double y) {
    return of(x / y);
  }

  @Override
  public Double log(Double x) {
    return of(Math.log(x));
  }

  @Override
  public Double toFloat(Double x) {
    return (double) x.floatValue();
  }

  private double exp(double x) {
    return of(Math.exp(x));
  }

  @Override
  public Double activation(Activation function, Double z) {
    return switch (function) {
      case IDENTITY -> z;
      case SIGMOID -> of(1 / plus(1.0, exp(-z)));
      case TANH -> of(Math.tanh(z));
      case RELU -> z < 0 ? 0.0 : z;
      case LEAKY_RELU -> z < 0 ? times(of(Activation.LEAK), z) : z;
      case SOFTPLUS -> log(plus(1.0, exp(z)));
      case SOFTMAX -> throw new IllegalArgumentException("softmax is of a layer, not of a unit");
    };
  }

  @Override
  public Double slope(Activation function, Double z, Double a) {
    return switch (function) {
      case IDENTITY -> 1.0;
      case SIGMOID -> times(a, minus(1.0, a));
      case TANH -> minus(1.0, times(a, a));
      case RELU -> z > 0 ? 1.0 : 0.0;
      case LEAKY_RELU -> z > 0 ? 1.0 : of(Activation.LEAK);
      case SOFTPLUS -> activation(Activation.SIGMOID, z);
      case SOFTMAX -> throw new IllegalArgumentException("softmax is of a layer, not of a unit");
    };
  }

  @Override
  public List<Double> softmax(List<Double> z) {
    double most = z.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    List<Double> powers = z.stream().map(each -> exp(minus(each, most))).toList();
    Double sum = sum(powers);
    return powers.stream().map(power -> of(power / sum)).toList();
  }
}
