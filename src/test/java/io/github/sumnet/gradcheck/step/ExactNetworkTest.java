package io.github.sumnet.gradcheck.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.github.sumnet.gradcheck.arithmetic.ExactSigmoid;
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

class ExactNetworkTest {
  private static final MathContext DIGITS = new MathContext(ExactNetwork.DIGITS);

  @Test
  void the_worked_example_agrees_with_the_published_arithmetic_to_25_digits() {
    JsonObject inputs = ExactWorkedExample.json().getAsJsonObject("inputs");
    JsonObject exact = ExactWorkedExample.json().getAsJsonObject("exact");
    List<String> names = Topology.DEFAULT.weightNames();
    List<BigDecimal> weights = names.stream().map(name -> number(inputs, name)).toList();

    ExactPass pass =
        ExactNetwork.of(Topology.DEFAULT, weights)
            .pass(number(inputs, "x1"), number(inputs, "x2"), number(inputs, "target"));
    ExpectedStep step =
        new ExpectedStep(Topology.DEFAULT, weights, List.of(pass), number(inputs, "learningRate"));

    for (int j = 0; j < 2; j++) {
      agree(pass.z().get(j), number(exact, "z" + (j + 1)));
      agree(pass.a().get(j), number(exact, "a" + (j + 1)));
      agree(pass.deltaHidden().get(j), number(exact, "deltaHidden" + (j + 1)));
    }
    agree(pass.zo(), number(exact, "zo"));
    agree(pass.prediction(), number(exact, "prediction"));
    agree(pass.loss(), number(exact, "loss"));
    agree(pass.deltaOutput(), number(exact, "deltaOutput"));
    for (int k = 0; k < names.size(); k++) {
      agree(pass.gradient().get(k), number(exact.getAsJsonObject("gradient"), names.get(k)));
      agree(step.at(Stage.UPDATE)[k], number(exact.getAsJsonObject("updated"), names.get(k)));
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
    ExactSigmoid sigmoid = ExactSigmoid.of(new BigDecimal(z), DIGITS);
    BigDecimal odds = sigmoid.value().divide(sigmoid.complement(), DIGITS);
    BigDecimal known = new BigDecimal(exponential);
    assertThat(odds.subtract(known).abs()).isLessThanOrEqualTo(known.movePointLeft(48));
  }

  @Property
  void the_sigmoid_and_its_complement_change_places_with_the_sign(
      @ForAll @BigRange(min = "-900", max = "900") BigDecimal z) {
    ExactSigmoid there = ExactSigmoid.of(z, DIGITS);
    ExactSigmoid mirrored = ExactSigmoid.of(z.negate(), DIGITS);
    assertThat(there.value()).isEqualByComparingTo(mirrored.complement());
    assertThat(there.value().add(there.complement()).subtract(BigDecimal.ONE).abs())
        .isLessThanOrEqualTo(BigDecimal.ONE.movePointLeft(48));
    assertThat(there.complement()).isPositive();
  }

  @Test
  void far_out_the_complement_vanishes() {
    ExactSigmoid far = ExactSigmoid.of(new BigDecimal("1e300"), DIGITS);
    assertThat(far.value()).isEqualByComparingTo(BigDecimal.ONE);
    assertThat(far.complement()).isZero();
  }

  @Test
  void a_wrong_number_of_weights_is_refused() {
    assertThatThrownBy(() -> ExactNetwork.of(Topology.DEFAULT, List.of(BigDecimal.ONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a 2-2-1 network has 6 weights, not 1");
  }
}
