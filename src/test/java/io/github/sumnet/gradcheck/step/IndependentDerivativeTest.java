package io.github.sumnet.gradcheck.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.Batch;
import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IndependentDerivativeTest {
  @Property(tries = 40)
  void it_agrees_with_backpropagation_to_25_digits(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int hidden) {
    Random random = new Random(seed);
    Topology topology = new Topology(hidden);
    Weights weights = Weights.of(topology, random.doubles(topology.weightCount(), -9, 9).toArray());
    List<Batch> chunks = List.of(batch(random, 2), batch(random, 1));
    ExpectedStep truth = ExpectedStep.of(weights, chunks, 0.1);

    List<BigDecimal> derivatives = IndependentDerivative.of(weights, chunks, truth).orElseThrow();

    for (int k = 0; k < derivatives.size(); k++) {
      BigDecimal expected = truth.at(Stage.MEAN)[k];
      assertThat(derivatives.get(k).subtract(expected).abs())
          .as("%s beside %s", derivatives.get(k), expected)
          .isLessThanOrEqualTo(expected.abs().movePointLeft(25));
    }
  }

  private static Batch batch(Random random, int size) {
    double[][] samples = new double[size][];
    for (int i = 0; i < size; i++) {
      samples[i] = new double[] {random.nextGaussian(), random.nextGaussian(), random.nextDouble()};
    }
    return Batches.of(Precision.DOUBLE, samples);
  }

  @Test
  void derivatives_too_small_to_be_worth_the_digits_are_left_out() {
    Weights weights = Weights.of(new Topology(1), 1, 1, 1);
    List<Batch> chunks = List.of(Batches.of(Precision.DOUBLE, new double[][] {{4000, 4000, 0.5}}));
    ExpectedStep truth = ExpectedStep.of(weights, chunks, 0.1);
    assertThat(IndependentDerivative.of(weights, chunks, truth)).isEmpty();
  }

  @Test
  void a_wrong_truth_is_contradicted() throws InterruptedException {
    Subject healthy = new TextbookNetwork(Precision.DOUBLE, Subject.LEARNING_RATE);
    Design design = Designs.of(Form.SHORT, Topology.DEFAULT, Precision.DOUBLE, 1).get(0);
    Evidence evidence = new Judge(Precision.DOUBLE, Device.CPU).watch(design, healthy).get(0);
    assertThat(Confirmation.of(evidence).confirmed()).isEqualTo(6);

    BigDecimal[] mean = evidence.truth().at(Stage.MEAN);
    mean[3] = mean[3].multiply(new BigDecimal("1.000000000000000000000001"));

    assertThat(Confirmation.of(evidence).contradicted()).isEqualTo(1);
  }
}
