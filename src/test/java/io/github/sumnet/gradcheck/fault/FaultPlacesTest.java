package io.github.sumnet.gradcheck.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.DenseNetwork.Layer;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which networks a fault fits, and where it shows first. */
class FaultPlacesTest {
  private static final DenseNetwork SMALL = DenseNetwork.of(Topology.DEFAULT);
  private static final DenseNetwork DEEP =
      network(
          2,
          Loss.HALF_SQUARED_ERROR,
          new Layer(4, Activation.TANH, true),
          new Layer(3, Activation.SIGMOID, true),
          new Layer(2, Activation.SIGMOID, true));

  private static DenseNetwork network(int inputs, Loss loss, Layer... layers) {
    return new DenseNetwork(inputs, List.of(layers), loss);
  }

  @ParameterizedTest
  @EnumSource
  void the_default_network_takes_every_fault_in_double(Fault fault) {
    assertThat(fault.fits(SMALL, Precision.DOUBLE)).isTrue();
    assertThat(fault.description()).isNotBlank().doesNotContain(". ");
  }

  @Test
  void without_a_hidden_layer_nothing_of_it_can_be_wrong() {
    DenseNetwork one = network(2, Loss.HALF_SQUARED_ERROR, new Layer(2, Activation.SIGMOID, true));
    assertThat(misfits(one))
        .contains(
            Fault.SWAPPED_UNITS,
            Fault.MISSING_HIDDEN_SLOPE,
            Fault.UPDATED_OUTPUT_WEIGHTS,
            Fault.MISSING_OUTPUT_WEIGHT,
            Fault.TANH_SLOPE)
        .doesNotContain(Fault.WRONG_SIGN, Fault.SUM_FOR_MEAN, Fault.MISSING_OUTPUT_SLOPE);
  }

  @Test
  void faults_of_a_loss_or_an_activation_need_it() {
    DenseNetwork classes =
        network(
            2,
            Loss.CROSS_ENTROPY,
            new Layer(3, Activation.RELU, true),
            new Layer(3, Activation.SOFTMAX, true));
    assertThat(misfits(classes))
        .contains(
            Fault.MISSING_HALF,
            Fault.CLIPPED_TARGETS,
            Fault.MISSING_OUTPUT_SLOPE,
            Fault.MISSING_HIDDEN_SLOPE,
            Fault.OVERFLOWING_EXPONENTIAL)
        .doesNotContain(Fault.WRONG_SIGN, Fault.SWAPPED_UNITS, Fault.MOMENTUM);
    DenseNetwork squares =
        network(
            2,
            Loss.MEAN_SQUARED_ERROR,
            new Layer(3, Activation.TANH, true),
            new Layer(3, Activation.IDENTITY, true));
    assertThat(misfits(squares))
        .contains(Fault.MISSING_HALF, Fault.MISSING_OUTPUT_SLOPE)
        .doesNotContain(Fault.CLIPPED_TARGETS, Fault.MISSING_HIDDEN_SLOPE);
  }

  @Test
  void mixing_up_inputs_units_and_precisions_needs_several_of_them() {
    DenseNetwork narrow =
        network(
            1,
            Loss.HALF_SQUARED_ERROR,
            new Layer(1, Activation.SIGMOID, false),
            new Layer(1, Activation.SIGMOID, false));
    assertThat(misfits(narrow))
        .contains(
            Fault.FIRST_INPUT_FOR_BOTH,
            Fault.SWAPPED_UNITS,
            Fault.TRANSPOSED_WEIGHTS,
            Fault.TRANSPOSED_GRADIENT)
        .doesNotContain(Fault.WRONG_SIGN, Fault.MISSING_HIDDEN_SLOPE, Fault.FLOAT_ACTIVATIONS);
    assertThat(Fault.FLOAT_ACTIVATIONS.fits(SMALL, Precision.FLOAT)).isFalse();
    assertThat(Fault.FLOAT_SUM.fits(SMALL, Precision.FLOAT)).isFalse();
  }

  private static Set<Fault> misfits(DenseNetwork network) {
    return Arrays.stream(Fault.values())
        .filter(fault -> !fault.fits(network, Precision.DOUBLE))
        .collect(Collectors.toSet());
  }

  @Test
  void in_a_deep_network_a_fault_shows_in_the_layer_that_it_is_of() {
    assertThat(Fault.WRONG_SIGN.stage(DEEP)).isEqualTo(Stage.delta(3));
    assertThat(Fault.MISSING_OUTPUT_SLOPE.stage(DEEP)).isEqualTo(Stage.delta(3));
    assertThat(Fault.MISSING_HIDDEN_SLOPE.stage(DEEP)).isEqualTo(Stage.delta(2));
    assertThat(Fault.SUM_FOR_MEAN.stage(DEEP)).isEqualTo(Stage.MEAN);
    assertThat(Fault.MISSING_HALF.stage(DEEP)).isEqualTo(Stage.LOSS);
    assertThat(Fault.TRANSPOSED_WEIGHTS.stage(DEEP)).isEqualTo(Stage.forward(1));
    assertThat(Fault.LEARNING_RATE_TWICE.stage(DEEP)).isEqualTo(Stage.UPDATE);
    assertThat(Fault.LAST_SAMPLE_DROPPED.stage(DEEP)).isEqualTo(Stage.gradient(3));
    assertThat(Fault.PREDICTION_FOR_ACTIVATION.stage(DEEP)).isEqualTo(Stage.gradient(3));
    assertThat(Fault.FIRST_INPUT_FOR_BOTH.stage(SMALL).layer()).isEqualTo(1);
  }

  @Test
  void rare_faults_say_that_they_need_many_and_extreme_cases() {
    assertThat(Arrays.stream(Fault.values()).filter(Fault::isRare))
        .hasSize(9)
        .contains(Fault.LAST_CHUNK_ONLY, Fault.OVERFLOWING_EXPONENTIAL)
        .allMatch(f -> f.needs().equals("it needs an engine's many and extreme cases"));
    assertThat(Fault.SWAPPED_UNITS.needs()).isEqualTo("it needs at least two hidden units");
    assertThat(Fault.WRONG_SIGN.isRare()).isFalse();
  }
}
