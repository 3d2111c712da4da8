package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.model.DenseModels;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.DenseNetwork.Layer;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckedModelTest {
  private static final DenseNetwork NETWORK =
      new DenseNetwork(
          3,
          List.of(new Layer(2, Activation.TANH, false), new Layer(2, Activation.SOFTMAX, true)),
          Loss.CROSS_ENTROPY);

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  private static CheckedModel model(Precision precision, List<double[]> rows) {
    return CheckedModel.of(
        DenseModels.create(NETWORK, precision, 1), "mine", List.of("--model", "mine.zip"), rows);
  }

  @ParameterizedTest
  @EnumSource
  void a_model_says_what_it_is(Precision precision) {
    CheckedModel model = model(precision, List.of());
    assertThat(model.name()).isEqualTo("mine");
    assertThat(model.arguments()).containsExactly("--model", "mine.zip");
    assertThat(model.precision()).isEqualTo(precision);
    assertThat(model.network()).isEqualTo(NETWORK);
    assertThat(model.description()).isEqualTo("3-2-2: tanh without biases, softmax; mcxent");
    assertThat(model.engine()).isEmpty();
    assertThat(model.device()).isEqualTo(Device.CPU);
    assertThat(model.place()).isEqualTo("cpu");
  }

  @Test
  void a_model_takes_the_faults_that_fit_and_that_its_few_cases_can_show() {
    CheckedModel model = model(Precision.DOUBLE, List.of());
    assertThat(model.takes(Fault.WRONG_SIGN)).isTrue();
    assertThat(model.takes(Fault.CLIPPED_TARGETS)).isFalse();
    assertThat(Fault.LAST_CHUNK_ONLY.fits(NETWORK, Precision.DOUBLE)).isTrue();
    assertThat(model.takes(Fault.LAST_CHUNK_ONLY)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void it_passes_on_its_own_designs_and_on_random_ones(Precision precision)
      throws InterruptedException {
    CheckedModel model = model(precision, List.of(new double[] {1, 2, 3, 0, 1}));
    List<Design> designs = model.designs(Form.SHORT, 1);
    assertThat(designs.get(0).steps().get(0).rows().get(0)).containsExactly(1, 2, 3, 0, 1);
    try (Subject subject = model.open()) {
      for (Design design : List.of(designs.get(0), designs.get(2), model.random(new Random(1)))) {
        DesignResult result = model.judge().judge(design, subject);
        assertThat(result.firstWrong()).isEmpty();
      }
    }
  }

  @Test
  void the_whole_check_passes_and_leaves_out_what_is_an_engine_s() throws InterruptedException {
    GradientReport report = GradientCheck.run(model(Precision.DOUBLE, List.of()), Form.FULL, 1);
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.nonFinite()).isEmpty();
    assertThat(report.repeatability()).isEmpty();
    assertThat(report.planted()).isEmpty();
  }

  @Test
  void what_common_checks_look_at_is_spread_as_it_says() {
    TraditionalChecks common = new TraditionalChecks(null, Topology.DEFAULT, Precision.FLOAT, 3);
    List<double[]> rows = common.samples.rows();
    assertThat(rows).hasSize(32);
    for (int input = 0; input < 2; input++) {
      int column = input;
      double squares = rows.stream().mapToDouble(row -> row[column] * row[column]).sum();
      assertThat(Math.sqrt(squares / 32)).isCloseTo(1.5, within(0.4));
    }
    assertThat(rows).allMatch(row -> row[2] >= 0 && row[2] < 1 && row[2] == (float) row[2]);
    assertThat(Arrays.stream(common.weights.toArray())).hasSize(6).allMatch(w -> Math.abs(w) <= 2);
  }
}
