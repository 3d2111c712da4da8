package io.github.sumnet.gradcheck.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.DenseNetwork.Layer;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDesignsTest {
  private static final DenseNetwork RECTIFIED =
      new DenseNetwork(
          2,
          List.of(
              new Layer(2, Activation.RELU, false),
              new Layer(2, Activation.RELU, false),
              new Layer(1, Activation.RELU, false)),
          Loss.HALF_SQUARED_ERROR);

  /** Of its random weights three in four give no derivative at all somewhere in these steps. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void random_weights_have_derivatives_in_every_step(long seed) {
    double[] own = new double[RECTIFIED.parameters()];
    List<Design> random =
        ModelDesigns.of(RECTIFIED, Precision.FLOAT, own, List.of(), seed).stream()
            .filter(design -> !design.name().contains("the model's"))
            .toList();
    assertThat(random).hasSize(5);
    for (Design design : random) {
      RoundedSubject textbook = new RoundedSubject(RECTIFIED, Precision.DOUBLE);
      textbook.begin(design.parameters());
      for (Samples samples : design.steps()) {
        Observation step = textbook.step(samples);
        assertThat(Arrays.stream(step.at(Stage.gradient(1)))).anyMatch(each -> each != 0);
        assertThat(IntStream.rangeClosed(1, 3).mapToObj(layer -> sums(step, layer)))
            .allSatisfy(sums -> assertThat(sums).doesNotContain(0.0));
      }
    }
  }

  private static List<Double> sums(Observation step, int layer) {
    double[] sumsAndOutputs = step.at(Stage.forward(layer));
    int units = RECTIFIED.units(layer);
    return IntStream.range(0, sumsAndOutputs.length)
        .filter(k -> k / units % 2 == 0)
        .mapToObj(k -> sumsAndOutputs[k])
        .toList();
  }

  @Test
  void the_model_s_own_weights_and_its_data_come_first() {
    DenseNetwork network = network(Activation.TANH, Loss.HALF_SQUARED_ERROR);
    double[] own = new Random(1).doubles(network.parameters()).toArray();
    List<double[]> given = List.of(new double[] {0.1, 0.2, 1, 2, 3}, new double[] {4, 5, 6, 7, 8});
    List<Design> designs = ModelDesigns.of(network, Precision.FLOAT, own, given, 1);
    assertThat(designs.stream().map(Design::name))
        .containsExactly(
            "the model's weights, the data, n=2",
            "the model's weights, n=1",
            "random weights, n=1",
            "the model's weights, n=2",
            "random weights, n=2",
            "the model's weights, n=7",
            "random weights, n=7",
            "the model's weights, n=16",
            "random weights, n=16",
            "5 samples, then 3, 4 and 6");
    assertThat(designs)
        .filteredOn(design -> design.name().startsWith("the model's"))
        .allMatch(design -> Arrays.equals(design.parameters(), own));
    assertThat(designs.get(9).samples()).containsExactly(5, 3, 4, 6);
    double[] rounded = {0.1f, 0.2f, 1, 2, 3};
    assertThat(designs)
        .allSatisfy(
            design ->
                assertThat(rows(design))
                    .allMatch(row -> Arrays.equals(row, rounded) || row[0] == 4));
    assertThat(rows(designs.get(0))).containsExactly(rounded, given.get(1));
  }

  @Test
  void of_much_data_as_many_samples_are_taken_as_are_affordable() {
    DenseNetwork network = network(Activation.TANH, Loss.HALF_SQUARED_ERROR);
    List<double[]> given = IntStream.range(0, 10_000).mapToObj(i -> new double[5]).toList();
    Design data =
        ModelDesigns.of(network, Precision.FLOAT, new double[network.parameters()], given, 1)
            .get(0);
    assertThat(data.size()).isEqualTo(5000 / network.allUnits());
  }

  @ParameterizedTest
  @CsvSource({
    "SOFTMAX, CROSS_ENTROPY, true, 0, 1",
    "SOFTMAX, MEAN_SQUARED_ERROR, true, 0, 1",
    "SIGMOID, CROSS_ENTROPY, true, 0, 1",
    "SIGMOID, BINARY_CROSS_ENTROPY, false, 0, 1",
    "TANH, HALF_SQUARED_ERROR, false, -1, 2"
  })
  void targets_are_such_as_the_loss_allows(
      Activation output, Loss loss, boolean classes, double least, double most) {
    Random random = new Random(1);
    List<double[]> rows =
        Stream.generate(() -> ModelDesigns.random(network(output, loss), Precision.DOUBLE, random))
            .limit(100)
            .flatMap(ModelDesignsTest::rows)
            .toList();
    for (double[] row : rows) {
      double[] targets = Arrays.copyOfRange(row, 2, 5);
      assertThat(Arrays.stream(targets)).allMatch(y -> y >= least && y <= most);
      if (classes) {
        assertThat(targets).containsOnlyOnce(1).containsOnly(0, 1);
      }
    }
    for (int j = 2; j < 5; j++) {
      int column = j;
      double width = most - least;
      assertThat(rows).anyMatch(row -> row[column] > most - width / 20);
      assertThat(rows).anyMatch(row -> row[column] < least + width / 20);
    }
  }

  @Test
  void a_random_design_is_of_every_size() {
    Random random = new Random(1);
    DenseNetwork network = network(Activation.TANH, Loss.HALF_SQUARED_ERROR);
    assertThat(
            IntStream.range(0, 100)
                .mapToObj(i -> ModelDesigns.random(network, Precision.FLOAT, random).size())
                .distinct()
                .sorted())
        .containsExactly(1, 2, 7, 16);
  }

  private static DenseNetwork network(Activation output, Loss loss) {
    return new DenseNetwork(
        2, List.of(new Layer(4, Activation.TANH, true), new Layer(3, output, true)), loss);
  }

  private static Stream<double[]> rows(Design design) {
    return design.steps().stream().map(Samples::rows).flatMap(List::stream);
  }
}
