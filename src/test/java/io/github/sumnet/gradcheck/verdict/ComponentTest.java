package io.github.sumnet.gradcheck.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.gradcheck.verdict.Component.Dissenter;
import io.github.sumnet.network.Precision;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ComponentTest {
  @Test
  void within_the_bound_is_right_and_beyond_it_wrong() {
    assertThat(component(1 + 0.9e-6, 1, 1e-6).verdict()).isEqualTo(Verdict.PASS);
    assertThat(component(1 + 1.1e-6, 1, 1e-6).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_value_as_small_as_its_bound_proves_nothing() {
    assertThat(component(1e-6, 1e-6, 1e-6).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(component(5e-6, 1e-6, 1e-6).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void an_exact_zero_has_to_be_zero() {
    assertThat(component(0, 0, 0).verdict()).isEqualTo(Verdict.PASS);
    assertThat(component(Double.MIN_VALUE, 0, 0).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void what_is_not_finite_is_wrong_unless_it_may_have_overflowed() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(component(Double.NaN, 1, 1e-6).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(component(infinity, 1, 1e-6).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(component(Double.NaN, 1, infinity).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(component(Double.NaN, 1, infinity).errorOverBound()).isZero();
  }

  @Test
  void the_dissenter_is_whoever_is_beyond_the_bound() {
    assertThat(component(2, 1, 1, 0.1).dissenter()).isEqualTo(Dissenter.ENGINE);
    assertThat(component(1, 2, 1, 0.1).dissenter()).isEqualTo(Dissenter.REFERENCE);
    assertThat(component(2, 2, 1, 0.1).dissenter()).isEqualTo(Dissenter.BOTH);
    assertThat(component(1, 1, 1, 0.1).dissenter()).isEqualTo(Dissenter.NOBODY);
  }

  @Test
  void errors_are_told_in_every_unit() {
    Component c = component(1.5, 1, 0.25);
    assertThat(c.relativeError()).isEqualTo(0.5);
    assertThat(c.errorOverBound()).isEqualTo(2);
    assertThat(c.ulps(Precision.FLOAT)).isEqualTo(0.5 / Math.ulp(1f));
    assertThat(c.conditionNumber(Precision.DOUBLE.unitRoundoff())).isEqualTo(0.25 * 0x1p53);
  }

  private static Component component(double engine, double truth, double bound) {
    return component(engine, truth, truth, bound);
  }

  private static Component component(double engine, double reference, double truth, double bound) {
    return new Component(
        "w11",
        -1,
        0,
        engine,
        reference,
        BigDecimal.valueOf(truth),
        Math.abs(engine - truth),
        bound,
        false,
        Math.abs(reference - truth),
        bound);
  }
}
