package io.github.sumnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
  @Test
  void the_documents_network_has_the_documents_names() {
    assertThat(Topology.DEFAULT).hasToString("2-2-1");
    assertThat(Topology.DEFAULT.weightNames())
        .containsExactly("w11", "w12", "w21", "w22", "wh1", "wh2");
  }

  @Test
  void from_ten_hidden_units_on_indices_are_parted() {
    assertThat(new Topology(9).weightNames()).contains("w11", "w19", "w29", "wh9");
    assertThat(new Topology(10).weightNames()).contains("w1_1", "w2_10", "wh10");
    assertThat(new Topology(11).weightNames())
        .startsWith("w1_1")
        .contains("w1_11", "w2_1", "w2_11", "wh1")
        .endsWith("wh11");
  }

  @Property(tries = 100)
  void every_weight_has_a_name_of_its_own(
      @ForAll @IntRange(min = 1, max = Topology.MAX_HIDDEN) int hidden) {
    Topology topology = new Topology(hidden);
    assertThat(topology.weightNames()).hasSize(topology.weightCount()).doesNotHaveDuplicates();
    assertThat(topology.weightCount()).isEqualTo(3 * hidden);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 4097})
  void too_few_and_too_many_hidden_units_are_refused(int hidden) {
    assertThatThrownBy(() -> new Topology(hidden))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hidden units must be between 1 and 4096, not " + hidden);
  }
}
