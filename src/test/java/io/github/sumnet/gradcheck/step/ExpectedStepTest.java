package io.github.sumnet.gradcheck.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.github.sumnet.gradcheck.arithmetic.ExactArithmetic;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.ExactWorkedExample;
import io.github.sumnet.network.Topology;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedStepTest {
  private static final MathContext DIGITS = new MathContext(ExactArithmetic.DIGITS);
  private static final ExactArithmetic MATH = new ExactArithmetic();

  @Test
  void the_worked_example_agrees_with_the_published_arithmetic_to_25_digits() {
    JsonObject inputs = ExactWorkedExample.json().getAsJsonObject("inputs");
    JsonObject exact = ExactWorkedExample.json().getAsJsonObject("exact");
    List<String> names = Topology.DEFAULT.weightNames();
    List<BigDecimal> weights = names.stream().map(name -> number(inputs, name)).toList();

    double[] any = {0, 0, 0};
    TrainingStep<BigDecimal> step =
        new TrainingStep<>(
                new ExactArithmetic(),
                DenseNetwork.of(Topology.DEFAULT),
                stage -> Operations.TEXTBOOK,
                weights,
                Samples.of(any),
                row ->
                    List.of(number(inputs, "x1"), number(inputs, "x2"), number(inputs, "target")),
                number(inputs, "learningRate"),
                null)
            .run();
    for (int j = 0; j < 2; j++) {
      agree(step.at(Stage.forward(1)).get(j), number(exact, "z" + (j + 1)));
      agree(step.at(Stage.forward(1)).get(2 + j), number(exact, "a" + (j + 1)));
      agree(step.at(Stage.delta(1)).get(j), number(exact, "deltaHidden" + (j + 1)));
    }
    agree(step.at(Stage.forward(2)).get(0), number(exact, "zo"));
    agree(step.at(Stage.forward(2)).get(1), number(exact, "prediction"));
    agree(step.at(Stage.LOSS).get(0), number(exact, "loss"));
    agree(step.at(Stage.delta(2)).get(0), number(exact, "deltaOutput"));
    for (int k = 0; k < names.size(); k++) {
      agree(step.at(Stage.MEAN).get(k), number(exact.getAsJsonObject("gradient"), names.get(k)));
      agree(step.at(Stage.UPDATE).get(k), number(exact.getAsJsonObject("updated"), names.get(k)));
    }
  }

  private static BigDecimal number(JsonObject json, String name) {
    return json.get(name).getAsBigDecimal();
  }

  /** The facts have 30 decimals, of numbers from 0.0076 up. */
  private static void agree(BigDecimal value, BigDecimal fact) {
    assertThat(value.subtract(fact).abs())
        .as("%s beside %s", value, fact)
        .isLessThanOrEqualTo(fact.abs().movePointLeft(25));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2.718281828459045235360287471352662497757247093699959574966967627724077",
    "-1, 0.3678794411714423215955237701614608674458111310317678345078368016974615",
    "10, 22026.46579480671651695790064528424436635351261855678107423542635522520",
    "0.5, 1.648721270700128146848650787814163571653776100710148011575079311640661",
    "-100, 3.720075976020835962959695803863118337358892292376781967120613876663290E-44",
    "-1.1, 0.3328710836980795532888469064313155216124795215692124917933313867507471",
    "37, 11719142372802611.30877293979119019452167536369446182238348091143590968"
  })
  void the_exponential_behind_the_sigmoid_is_right_to_48_digits(String z, String exponential) {
    BigDecimal odds = sigmoid(new BigDecimal(z)).divide(complement(new BigDecimal(z)), DIGITS);
    BigDecimal known = new BigDecimal(exponential);
    assertThat(odds.subtract(known).abs()).isLessThanOrEqualTo(known.movePointLeft(48));
  }

  @Property
  void the_sigmoid_and_its_complement_change_places_with_the_sign(
      @ForAll @BigRange(min = "-900", max = "900") BigDecimal z) {
    assertThat(sigmoid(z).add(complement(z)).subtract(BigDecimal.ONE).abs())
        .isLessThanOrEqualTo(BigDecimal.ONE.movePointLeft(48));
    assertThat(complement(z)).isPositive();
    BigDecimal slope = sigmoid(z).multiply(complement(z));
    assertThat(MATH.slope(Activation.SIGMOID, z, sigmoid(z)).subtract(slope).abs())
        .isLessThanOrEqualTo(slope.movePointLeft(48));
  }

  private static BigDecimal sigmoid(BigDecimal z) {
    return MATH.activation(Activation.SIGMOID, z);
  }

  private static BigDecimal complement(BigDecimal z) {
    return sigmoid(z.negate());
  }

  @Test
  void far_out_the_complement_vanishes() {
    BigDecimal far = new BigDecimal("1e300");
    assertThat(sigmoid(far)).isEqualByComparingTo(BigDecimal.ONE);
    assertThat(complement(far)).isZero();
  }

  @Test
  void a_wrong_number_of_weights_is_refused() {
    DenseNetwork network = DenseNetwork.of(Topology.DEFAULT);
    Samples samples = Samples.of(new double[] {0, 0, 0});
    assertThatThrownBy(() -> ExpectedStep.of(network, new double[] {1}, samples, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a 2-2-1 network has 6 weights, not 1");
  }
}
