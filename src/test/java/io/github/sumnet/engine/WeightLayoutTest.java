package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.XavierInit;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class WeightLayoutTest {
  @Property(tries = 200)
  void flattening_loses_nothing(
      @ForAll @IntRange(min = 1, max = 50) int hidden, @ForAll long seed) {
    Weights weights = XavierInit.weights(new Topology(hidden), seed);
    double[] flat = WeightLayout.flatten(weights);
    assertThat(WeightLayout.unflatten(weights.topology(), flat)).isEqualTo(weights);
    assertThat(flat).containsExactlyInAnyOrder(weights.toArray());
  }

  @Test
  void both_weights_into_a_hidden_unit_are_neighbours() {
    Weights weights = Weights.of(Topology.DEFAULT, 11, 12, 21, 22, 1, 2);
    assertThat(WeightLayout.flatten(weights)).containsExactly(11, 21, 12, 22, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 11})
  void it_is_the_layout_of_dl4js_own_parameter_table(int hidden) {
    BackendBinding.bind(Device.CPU);
    Topology topology = new Topology(hidden);
    Weights weights = XavierInit.weights(topology, 1);
    Dl4jModel model = new Dl4jModel(topology, Precision.FLOAT, UpdaterConfig.sgd(1));
    model.setWeights(weights);

    Map<String, INDArray> table = model.replica().paramTable();

    assertThat(table.keySet()).containsExactlyInAnyOrder("0_W", "1_W");
    INDArray hiddenWeights = table.get("0_W");
    INDArray outputWeights = table.get("1_W");
    assertThat(hiddenWeights.shape()).containsExactly(2, hidden);
    assertThat(outputWeights.shape()).containsExactly(hidden, 1);
    for (int unit = 0; unit < hidden; unit++) {
      assertThat(hiddenWeights.getDouble(0, unit)).isEqualTo(weights.hidden(0, unit));
      assertThat(hiddenWeights.getDouble(1, unit)).isEqualTo(weights.hidden(1, unit));
      assertThat(outputWeights.getDouble(unit, 0)).isEqualTo(weights.output(unit));
    }
    assertThat(model.weights()).isEqualTo(weights);
  }
}
