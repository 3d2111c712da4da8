package io.github.sumnet.gradcheck.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
  @Property(tries = 40)
  void it_agrees_with_backpropagation_to_25_digits(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int hidden) {
    Random random = new Random(seed);
    Topology topology = new Topology(hidden);
    double[] weights = random.doubles(topology.weightCount(), -9, 9).toArray();
    Samples samples = new Samples(List.of(rows(random, 2), rows(random, 1)));
    ExpectedStep truth = ExpectedStep.of(DenseNetwork.of(topology), weights, samples, 0.1);

    List<BigDecimal> derivatives = Confirmation.derivatives(weights, samples, truth);
    assertThat(derivatives).hasSameSizeAs(weights);

    for (int k = 0; k < derivatives.size(); k++) {
      BigDecimal expected = truth.at(Stage.MEAN).get(k);
      assertThat(derivatives.get(k).subtract(expected).abs())
          .as("%s beside %s", derivatives.get(k), expected)
          .isLessThanOrEqualTo(expected.abs().movePointLeft(25));
    }
  }

  private static List<double[]> rows(Random random, int size) {
    return IntStream.range(0, size)
        .mapToObj(
            i -> new double[] {random.nextGaussian(), random.nextGaussian(), random.nextDouble()})
        .toList();
  }

  @Test
  void derivatives_too_small_to_be_worth_the_digits_are_left_out() {
    double[] weights = {1, 1, 1};
    Samples samples = Samples.of(new double[] {4000, 4000, 0.5});
    DenseNetwork network = DenseNetwork.of(new Topology(1));
    ExpectedStep truth = ExpectedStep.of(network, weights, samples, 0.1);
    assertThat(Confirmation.derivatives(weights, samples, truth)).isEmpty();
  }

  @Test
  void a_wrong_truth_is_contradicted() throws InterruptedException {
    Subject healthy = new RoundedSubject(DenseNetwork.of(Topology.DEFAULT), Precision.DOUBLE);
    Design design = Designs.of(Form.SHORT, Topology.DEFAULT, Precision.DOUBLE, 1).get(0);
    Evidence evidence = new Judge(Precision.DOUBLE, Device.CPU).watch(design, healthy).get(0);
    assertThat(Confirmation.of(evidence).confirmed()).isEqualTo(6);

    List<BigDecimal> right = evidence.truth().at(Stage.MEAN);
    List<BigDecimal> wrong = new ArrayList<>(right);
    wrong.set(3, right.get(3).multiply(new BigDecimal("1.000000000000000000000001")));
    assertThat(Confirmation.contradicted(right, wrong)).isEqualTo(1);
  }
}
