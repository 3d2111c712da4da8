package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.network.Precision;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  @Test
  void a_constant_is_read_in_any_case_and_others_are_refused() {
    assertThat(Choice.parse(Precision.class, "Double")).isEqualTo(Precision.DOUBLE);
    assertThatThrownBy(() -> OptionException.checked("--precision", () -> parse("half")))
        .isInstanceOf(OptionException.class)
        .hasMessage("--precision: expected one of float, double, not 'half'");
    assertThat(OptionException.checked("--precision", () -> parse("float")))
        .isEqualTo(Precision.FLOAT);
  }

  private static Precision parse(String text) {
    return Choice.parse(Precision.class, text);
  }
}
