package io.github.sumnet.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.network.Precision;
import java.math.BigDecimal;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalInputTest {
  @Property
  void every_double_is_read_back_exactly_from_its_hexadecimal_form(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    Assume.that(Double.isFinite(value));

    assertThat(DecimalInput.parse(Double.toHexString(value)))
        .isEqualByComparingTo(new BigDecimal(value));
  }

  @Property
  void every_double_is_within_range_in_its_decimal_form_too(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    Assume.that(Double.isFinite(value));

    assertThat(DecimalInput.parse(Double.toString(value)).doubleValue())
        .isEqualTo(value + 0.0); // decimals have no -0
  }

  @ParameterizedTest
  @CsvSource({
    "1.1, 1.1",
    "-.5, -0.5",
    "+2, 2",
    "' 3 ', 3",
    "1e-3, 0.001",
    "0e-999999999, 0",
    "0x1.8p0, 1.5",
    "-0X.8P+1, -1",
    "0x10p-4, 1",
    "0x1.00000000000000000001p0, 1.00000000000000000000000082718061255302767487140869206996285356581211090087890625"
  })
  void numbers_are_taken_as_they_are_written(String text, BigDecimal value) {
    assertThat(DecimalInput.parse(text)).isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1,1",
        "1.1.1",
        "0x",
        "0x1.8",
        "0x.p0",
        "0xgp0",
        "1e",
        "NaN",
        "Infinity",
        "1e309",
        "2e-324",
        "1e2147483647",
        "1e-2147483648",
        "0x1p1024",
        "0x1p-1075",
        "0x1p999999",
        "1d",
        "1f"
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> DecimalInput.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a number such as 1.1, 2.5e-3 or 0x1.8p0, ")
        .hasMessageEndingWith(", not '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "3.4e38, true",
    "3.5e38, false",
    "1.4e-45, true",
    "1e-46, false",
    "-1e39, false",
    "0, true"
  })
  void what_float_holds_is_less(BigDecimal value, boolean fits) {
    assertThat(DecimalInput.fits(value, Precision.FLOAT)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "1.100, 5, 1.1",
    "0.866458277466787529, 5, 0.86646",
    "100, 5, 100",
    "123456789, 5, 1.2346E+8",
    "123456, 5, 123460",
    "-0.0000012345, 3, -0.00000123",
    "1E-300, 5, 1E-300",
    "0.00, 5, 0",
    "2E+308, 40, 2E+308"
  })
  void decimals_are_written_as_people_do(BigDecimal value, int digits, String text) {
    assertThat(Decimals.text(value, digits)).isEqualTo(text);
  }
}
