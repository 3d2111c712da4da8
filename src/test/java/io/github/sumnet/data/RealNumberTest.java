package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealNumberTest {
  @Property
  void every_number_that_java_prints_is_read_back(@ForAll double number) {
    assertThat(RealNumber.parse(Double.toString(number))).isEqualTo(number);
    assertThat(RealNumber.parse(Double.toHexString(number))).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.1f", "0.1F", "1d", "1D", "0x1p3f", "0x1p3d", " 1", "1 ", "", "f", "one"})
  void what_only_javas_source_code_knows_is_no_number(String text) {
    assertThatThrownBy(() -> RealNumber.parse(text)).isInstanceOf(NumberFormatException.class);
  }
}
