package io.github.sumnet.gradcheck.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Activation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How wrong DL4J's exponential is on the CPU. Far out on the negative side σ(z) is 1/e^−z but for
 * the rounding of the quotient and less than that of the sum: what is above 2u of σ's relative
 * error is the exponential's.
 */
class ExponentialTest {
  private static final MathContext DIGITS = new MathContext(40);
  private static final int ARRAY = 1 << 18;

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @Test
  void in_float_it_is_within_the_unit_in_the_last_place_that_the_bounds_allow() {
    Random random = new Random(1);
    double worst = 0;
    for (int array = 0; array < 16; array++) {
      float[] z = new float[ARRAY];
      for (int i = 0; i < z.length; i++) {
        z[i] = -20 - 67 * random.nextFloat();
      }
      float[] computed =
          new ActivationSigmoid().getActivation(Nd4j.createFromArray(z), true).data().asFloat();
      for (int i = 0; i < z.length; i++) {
        double truth = 1 / (1 + Math.exp(-(double) z[i]));
        worst = Math.max(worst, Math.abs(computed[i] - truth) / truth);
      }
    }
    assertThat(worst / 0x1p-24 - 2).isLessThanOrEqualTo(2 * BoundedArithmetic.CPU_EXP_ULPS);
    // Nearly rounded correctly: a sloppy one, such as libmvec's with its 4 ulp, would show.
    assertThat(worst / 0x1p-24).isBetween(0.9, 2.0);
  }

  @Test
  void so_it_is_in_double() {
    double[] z = new Random(2).doubles(2000, -700, -40).toArray();
    double[] computed =
        new ActivationSigmoid().getActivation(Nd4j.createFromArray(z), true).data().asDouble();
    double worst =
        IntStream.range(0, z.length)
            .mapToDouble(i -> relativeError(z[i], computed[i]))
            .max()
            .orElseThrow();
    assertThat(worst / 0x1p-53 - 2).isLessThanOrEqualTo(2 * BoundedArithmetic.CPU_EXP_ULPS);
    assertThat(worst / 0x1p-53).isBetween(0.9, 2.5);
  }

  private static double relativeError(double z, double computed) {
    BigDecimal truth = new ExactArithmetic().activation(Activation.SIGMOID, new BigDecimal(z));
    return new BigDecimal(computed).subtract(truth).abs().divide(truth, DIGITS).doubleValue();
  }
}
