package io.github.sumnet.gradcheck.step;

import io.github.sumnet.gradcheck.arithmetic.ExactArithmetic;
import io.github.sumnet.network.DenseNetwork;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Confirms the truth: compares its mean gradient with the derivatives of the mean loss by central
 * differences of its forward pass, in so many digits that neither the step's length nor the
 * cancellation matters. They know nothing of backpropagation.
 *
 * <p>With D digits and a step of h = 10^(−D/3) the difference is off by h²/6·L‴, relatively about
 * 10^(−2D/3), and by 10^(−D)/h = 10^(−2D/3) of the loss through cancellation. So D is chosen such
 * that 10^(−2D/3) stays {@value #DIGITS_BEYOND} digits below the smallest derivative.
 *
 * @param derivatives by every parameter; empty if they are out of reach
 * @param confirmed how many agree with the truth to {@value #AGREEING_DIGITS} digits
 * @param contradicted how many do not
 */
public record Confirmation(List<BigDecimal> derivatives, int confirmed, int contradicted) {
  private static final int AGREEING_DIGITS = 25;
  private static final int DIGITS_BEYOND = 60;
  private static final int MOST_DIGITS = 600;

  /** The loss changes on the scale of 1: far larger numbers would need a shorter step. */
  private static final double LARGEST = 1e4;

  public static Confirmation of(Evidence evidence) {
    List<BigDecimal> derivatives =
        derivatives(evidence.before(), evidence.samples(), evidence.truth());
    int contradicted = contradicted(derivatives, evidence.truth().at(Stage.MEAN));
    return new Confirmation(derivatives, derivatives.size() - contradicted, contradicted);
  }

  /** How many derivatives do not agree with the truth. */
  static int contradicted(List<BigDecimal> derivatives, List<BigDecimal> truth) {
    return (int)
        IntStream.range(0, derivatives.size())
            .filter(k -> !agree(derivatives.get(k), truth.get(k)))
            .count();
  }

  private static boolean agree(BigDecimal derivative, BigDecimal truth) {
    BigDecimal distance = derivative.subtract(truth).abs();
    BigDecimal allowed = truth.signum() == 0 ? BigDecimal.ONE : truth.abs();
    return distance.compareTo(allowed.scaleByPowerOfTen(-AGREEING_DIGITS)) <= 0;
  }

  /**
   * The derivatives by every parameter.
   *
   * @param truth what tells how small the derivatives are, and nothing else
   * @return empty if they are so small that it would take too long
   */
  static List<BigDecimal> derivatives(double[] parameters, Samples samples, ExpectedStep truth) {
    int smallest = 0;
    for (BigDecimal derivative : truth.at(Stage.MEAN)) {
      if (derivative.signum() != 0) {
        smallest = Math.max(smallest, derivative.scale() - derivative.precision());
      }
    }
    int digits = (DIGITS_BEYOND + smallest) * 3 / 2;
    boolean modest =
        DoubleStream.concat(
                Arrays.stream(parameters), samples.rows().stream().flatMapToDouble(Arrays::stream))
            .allMatch(x -> Math.abs(x) <= LARGEST);
    return digits <= MOST_DIGITS && modest
        ? differences(truth.network(), parameters, samples, digits)
        : List.of();
  }

  private static List<BigDecimal> differences(
      DenseNetwork network, double[] parameters, Samples samples, int digits) {
    BigDecimal h = BigDecimal.ONE.scaleByPowerOfTen(-digits / 3);
    BigDecimal width = h.add(h);
    List<BigDecimal> point = Arrays.stream(parameters).mapToObj(BigDecimal::new).toList();
    ExactArithmetic math = new ExactArithmetic(digits);
    List<BigDecimal> derivatives = new ArrayList<>();
    for (int k = 0; k < parameters.length; k++) {
      BigDecimal above = loss(math, network, moved(point, k, h), samples);
      BigDecimal below = loss(math, network, moved(point, k, h.negate()), samples);
      derivatives.add(above.subtract(below).divide(width, new MathContext(digits)));
    }
    return derivatives;
  }

  private static List<BigDecimal> moved(List<BigDecimal> point, int k, BigDecimal by) {
    List<BigDecimal> moved = new ArrayList<>(point);
    moved.set(k, point.get(k).add(by));
    return moved;
  }

  private static BigDecimal loss(
      ExactArithmetic math, DenseNetwork network, List<BigDecimal> point, Samples samples) {
    TrainingStep<BigDecimal> step =
        new TrainingStep<>(
            math,
            network,
            stage -> Operations.TEXTBOOK,
            point,
            samples,
            row -> TrainingStep.numbers(math, row),
            BigDecimal.ONE,
            null);
    for (int layer = 1; layer <= network.depth(); layer++) {
      step.compute(Stage.forward(layer));
    }
    return step.compute(Stage.LOSS).get(0);
  }
}
