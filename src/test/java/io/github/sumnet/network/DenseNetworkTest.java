package io.github.sumnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.network.DenseNetwork.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenseNetworkTest {
  /** 3-2-1, the first layer with biases. */
  private static final DenseNetwork SMALL =
      new DenseNetwork(
          3,
          List.of(new Layer(2, Activation.RELU, true), new Layer(1, Activation.IDENTITY, false)),
          Loss.MEAN_SQUARED_ERROR);

  @Test
  void parameters_lie_in_rows_of_weights_and_then_biases() {
    assertThat(SMALL).hasToString("3-2-1");
    assertThat(IntStream.range(0, SMALL.parameters()).mapToObj(SMALL::parameterName))
        .containsExactly(
            "W1[0,0]", "W1[0,1]", "W1[1,0]", "W1[1,1]", "W1[2,0]", "W1[2,1]", "b1[0]", "b1[1]",
            "W2[0,0]", "W2[1,0]");
  }

  @Property(tries = 100)
  void a_parameter_is_found_by_its_layer_row_and_column(@ForAll("networks") DenseNetwork network) {
    List<Integer> places = new ArrayList<>();
    for (int layer = 1; layer <= network.depth(); layer++) {
      assertThat(network.first(layer)).isEqualTo(places.size());
      for (int out = 0; out < network.units(layer); out++) {
        assertThat(network.bias(layer, out))
            .isEqualTo(network.weight(layer, network.units(layer - 1), out));
      }
      int rows = network.units(layer - 1) + (network.layer(layer).bias() ? 1 : 0);
      assertThat(network.parameters(layer)).isEqualTo(rows * network.units(layer));
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < network.units(layer); column++) {
          int place = network.weight(layer, row, column);
          assertThat(network.layerOf(place)).isEqualTo(layer);
          assertThat(network.row(place)).isEqualTo(row);
          assertThat(network.column(place)).isEqualTo(column);
          places.add(place);
        }
      }
    }
    assertThat(places)
        .containsExactlyElementsOf(IntStream.range(0, network.parameters()).boxed().toList());
    assertThat(network.outputs()).isEqualTo(network.units(network.depth()));
    assertThat(network.allUnits())
        .isEqualTo(network.layers().stream().map(Layer::units).reduce(0, Integer::sum));
    assertThat(network.topology()).isEmpty();
  }

  @Provide
  Arbitrary<DenseNetwork> networks() {
    Arbitrary<Integer> units = Arbitraries.integers().between(1, 5);
    Arbitrary<Layer> layer =
        Combinators.combine(units, Arbitraries.of(true, false))
            .as((n, bias) -> new Layer(n, Activation.TANH, bias));
    return Combinators.combine(units, layer.list().ofMinSize(1).ofMaxSize(4))
        .as((inputs, layers) -> new DenseNetwork(inputs, layers, Loss.CROSS_ENTROPY));
  }

  @Property(tries = 20)
  void a_topologys_network_has_its_weights_and_names(
      @ForAll @IntRange(min = 1, max = 20) int hidden) {
    Topology topology = new Topology(hidden);
    DenseNetwork network = DenseNetwork.of(topology);

    assertThat(network.topology()).contains(topology);
    assertThat(network).hasToString(topology.toString());
    assertThat(IntStream.range(0, network.parameters()).mapToObj(network::parameterName))
        .containsExactlyElementsOf(topology.weightNames());
  }

  @Test
  void only_two_inputs_and_no_more_hidden_units_than_a_topology_has_make_one() {
    DenseNetwork largest = DenseNetwork.of(new Topology(Topology.MAX_HIDDEN));
    assertThat(largest.topology()).contains(new Topology(Topology.MAX_HIDDEN));

    Layer tooLarge = new Layer(Topology.MAX_HIDDEN + 1, Activation.SIGMOID, false);
    assertThat(new DenseNetwork(2, List.of(tooLarge, largest.layer(2)), largest.loss()).topology())
        .isEmpty();
    assertThat(new DenseNetwork(3, largest.layers(), largest.loss()).topology()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0})
  void without_an_input_a_layer_or_a_unit_there_is_no_network(int none) {
    assertRefused(none, SMALL.layers());
    assertRefused(1, List.of());
    assertRefused(1, List.of(SMALL.layer(1), new Layer(none, Activation.TANH, true)));
  }

  private static void assertRefused(int inputs, List<Layer> layers) {
    assertThatThrownBy(() -> new DenseNetwork(inputs, layers, Loss.CROSS_ENTROPY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a network has at least one input, layer and unit");
  }

  @ParameterizedTest
  @CsvSource({
    "HALF_SQUARED_ERROR, half-squared-error",
    "MEAN_SQUARED_ERROR, mse",
    "BINARY_CROSS_ENTROPY, XENT",
    "CROSS_ENTROPY, mcxent"
  })
  void a_loss_is_found_by_its_name_in_any_case(Loss loss, String title) {
    assertThat(Loss.of(title)).isEqualTo(loss);
    assertThat(loss.toString()).isEqualToIgnoringCase(title);
    assertThatThrownBy(() -> Loss.of(title + "2"))
        .hasMessage("no loss is called '%s2'".formatted(title));
  }

  @ParameterizedTest
  @EnumSource
  void only_the_rectifiers_derivatives_jump(Activation activation) {
    assertThat(activation.hasKink()).isEqualTo(activation.toString().endsWith("relu"));
  }
}
