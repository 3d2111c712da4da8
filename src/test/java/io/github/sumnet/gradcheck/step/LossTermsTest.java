package io.github.sumnet.gradcheck.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.gradcheck.arithmetic.RoundedArithmetic;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.DenseNetwork.Layer;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTermsTest {
  private static final RoundedArithmetic MATH = new RoundedArithmetic(Precision.DOUBLE);
  private static final double STEP = 1e-5;

  /** The deltas against central differences of the loss, at random weighted inputs. */
  @ParameterizedTest
  @CsvSource({
    "SIGMOID, HALF_SQUARED_ERROR",
    "TANH, HALF_SQUARED_ERROR",
    "IDENTITY, MEAN_SQUARED_ERROR",
    "SOFTPLUS, MEAN_SQUARED_ERROR",
    "SIGMOID, BINARY_CROSS_ENTROPY",
    "SIGMOID, CROSS_ENTROPY",
    "SOFTMAX, CROSS_ENTROPY",
    "SOFTMAX, HALF_SQUARED_ERROR",
    "SOFTMAX, MEAN_SQUARED_ERROR",
    "SOFTMAX, BINARY_CROSS_ENTROPY"
  })
  void deltas_are_the_derivatives_of_the_loss(Activation activation, Loss loss) {
    Random random = new Random(1);
    // One share of a softmax is 1 whatever its input is.
    int fewest = activation == Activation.SOFTMAX ? 2 : 1;
    for (int outputs = fewest; outputs <= 4; outputs++) {
      DenseNetwork network =
          new DenseNetwork(2, List.of(new Layer(outputs, activation, false)), loss);
      double[] z = random.doubles(outputs, -1.5, 1.5).toArray();
      List<Double> y = random.doubles(outputs, 0, 1).boxed().toList();
      List<Double> p = outputs(network, z);
      List<Double> deltas =
          LossTerms.deltas(MATH, network, p, y, j -> MATH.slope(activation, z[j], p.get(j)));
      for (int j = 0; j < outputs; j++) {
        double[] up = z.clone();
        double[] down = z.clone();
        up[j] += STEP;
        down[j] -= STEP;
        double derivative =
            (loss(network, outputs(network, up), y) - loss(network, outputs(network, down), y))
                / (2 * STEP);
        assertThat(deltas.get(j)).isFinite().isCloseTo(derivative, within(1e-8));
      }
    }
  }

  private static List<Double> outputs(DenseNetwork network, double... z) {
    Activation activation = network.layer(1).activation();
    List<Double> weighted = Arrays.stream(z).boxed().toList();
    return activation == Activation.SOFTMAX
        ? MATH.softmax(weighted)
        : weighted.stream().map(each -> MATH.activation(activation, each)).toList();
  }

  private static double loss(DenseNetwork network, List<Double> p, List<Double> y) {
    return IntStream.range(0, p.size())
        .mapToDouble(j -> LossTerms.loss(MATH, network, p.get(j), y.get(j)))
        .sum();
  }

  @Test
  void losses_are_what_their_formulas_say() {
    assertThat(loss(network(Loss.HALF_SQUARED_ERROR), List.of(0.5), List.of(0.25)))
        .isEqualTo(0.03125);
    assertThat(loss(network(Loss.MEAN_SQUARED_ERROR), List.of(0.5), List.of(0.25)))
        .isEqualTo(0.0625);
    assertThat(loss(network(Loss.CROSS_ENTROPY), List.of(0.5), List.of(0.25)))
        .isCloseTo(0.25 * Math.log(2), within(1e-15));
    assertThat(loss(network(Loss.BINARY_CROSS_ENTROPY), List.of(0.75), List.of(0.25)))
        .isCloseTo(-0.25 * Math.log(0.75) - 0.75 * Math.log(0.25), within(1e-15));
  }

  private static DenseNetwork network(Loss loss) {
    return new DenseNetwork(2, List.of(new Layer(1, Activation.SIGMOID, false)), loss);
  }
}
