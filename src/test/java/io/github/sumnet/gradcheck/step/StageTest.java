package io.github.sumnet.gradcheck.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.DenseNetwork.Layer;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StageTest {
  private static final DenseNetwork SMALL = DenseNetwork.of(Topology.DEFAULT);
  private static final DenseNetwork DEEP =
      new DenseNetwork(
          4,
          List.of(
              new Layer(3, Activation.TANH, true),
              new Layer(2, Activation.RELU, false),
              new Layer(3, Activation.SOFTMAX, true)),
          Loss.CROSS_ENTROPY);

  @Test
  void stages_follow_the_passes_of_a_step_in_whatever_order_they_come() {
    List<Stage> stages = new ArrayList<>(Stage.all(DEEP));
    assertThat(stages.stream().map(Stage::toString))
        .containsExactly(
            "forward, layer 1",
            "forward, layer 2",
            "forward, layer 3",
            "loss",
            "delta, layer 3",
            "gradient, layer 3",
            "delta, layer 2",
            "gradient, layer 2",
            "delta, layer 1",
            "gradient, layer 1",
            "mean gradient",
            "updated weights",
            "prediction",
            "returned loss and gradient");
    Collections.shuffle(stages, new Random(1));
    Collections.sort(stages);
    assertThat(stages).containsExactlyElementsOf(Stage.all(DEEP));
  }

  @Test
  void every_value_of_the_small_network_has_its_textbook_name() {
    assertThat(names(SMALL, Stage.forward(1), 1)).containsExactly("z1", "z2", "a1", "a2");
    assertThat(names(SMALL, Stage.forward(2), 2))
        .containsExactly("zo", "prediction", "zo", "prediction");
    assertThat(names(SMALL, Stage.LOSS, 5)).containsExactly("loss");
    assertThat(names(SMALL, Stage.delta(2), 2)).containsExactly("deltaOutput", "deltaOutput");
    assertThat(names(SMALL, Stage.delta(1), 1)).containsExactly("deltaHidden1", "deltaHidden2");
    assertThat(names(SMALL, Stage.gradient(2), 5)).containsExactly("wh1", "wh2");
    assertThat(names(SMALL, Stage.gradient(1), 5)).containsExactly("w11", "w12", "w21", "w22");
    assertThat(names(SMALL, Stage.MEAN, 5))
        .containsExactly("w11", "w12", "w21", "w22", "wh1", "wh2")
        .isEqualTo(names(SMALL, Stage.UPDATE, 5));
    assertThat(names(SMALL, Stage.PREDICTED, 2)).containsExactly("predicted", "predicted");
    assertThat(names(SMALL, Stage.RETURNED, 5))
        .containsExactly("loss", "w11", "w12", "w21", "w22", "wh1", "wh2");
  }

  @Test
  void several_outputs_and_the_units_of_every_layer_are_numbered() {
    assertThat(names(DEEP, Stage.forward(3), 1))
        .containsExactly("zo1", "zo2", "zo3", "prediction1", "prediction2", "prediction3");
    assertThat(names(DEEP, Stage.forward(2), 1)).containsExactly("z1", "z2", "a1", "a2");
    assertThat(names(DEEP, Stage.delta(3), 1))
        .containsExactly("deltaOutput1", "deltaOutput2", "deltaOutput3");
    assertThat(names(DEEP, Stage.PREDICTED, 1))
        .containsExactly("predicted1", "predicted2", "predicted3");
    assertThat(names(DEEP, Stage.gradient(1), 1)).hasSize(4 * 3 + 3);
    assertThat(names(DEEP, Stage.gradient(2), 1)).hasSize(3 * 2).doesNotHaveDuplicates();
  }

  private static List<String> names(DenseNetwork network, Stage stage, int samples) {
    return IntStream.range(0, stage.size(network, samples))
        .mapToObj(i -> stage.name(network, i))
        .toList();
  }

  @Test
  void values_belong_to_a_sample_or_to_a_parameter_or_to_the_batch() {
    for (Stage stage : Stage.all(DEEP)) {
      int size = stage.size(DEEP, 5);
      List<Integer> samples =
          IntStream.range(0, size).mapToObj(i -> stage.sample(DEEP, i)).toList();
      if (stage.isPerSample()) {
        assertThat(samples).isSorted().contains(0, 1, 2, 3, 4).hasSize(5 * stage.size(DEEP, 1));
        assertThat(Collections.frequency(samples, 2)).isEqualTo(size / 5);
      } else {
        assertThat(samples).containsOnly(-1);
        assertThat(size).isEqualTo(stage.size(DEEP, 1));
      }
    }
    assertThat(parameters(Stage.gradient(2))).containsExactly(15, 16, 17, 18, 19, 20);
    assertThat(parameters(Stage.RETURNED)).startsWith(-1, 0, 1).hasSize(1 + DEEP.parameters());
    assertThat(parameters(Stage.delta(1))).containsOnly(-1);
    assertThat(Stage.all(DEEP).stream().filter(Stage::isSum).map(Stage::kind).distinct())
        .containsExactly(Stage.Kind.LOSS, Stage.Kind.GRADIENT, Stage.Kind.MEAN);
  }

  private static List<Integer> parameters(Stage stage) {
    return IntStream.range(0, stage.size(DEEP, 1)).mapToObj(i -> stage.parameter(DEEP, i)).toList();
  }
}
