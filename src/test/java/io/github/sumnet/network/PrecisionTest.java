package io.github.sumnet.network;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecisionTest {
  @ParameterizedTest
  @CsvSource({
    "FLOAT, float, 4, 0x1p-24, 0x1p-149, 0x1.fffffep127",
    "DOUBLE, double, 8, 0x1p-53, 0x1p-1074, 0x1.fffffffffffffp1023"
  })
  void the_formats_are_those_of_ieee_754(
      Precision precision,
      String name,
      int bytes,
      double unitRoundoff,
      double smallestSubnormal,
      double largest) {
    assertThat(precision).hasToString(name);
    assertThat(precision.bytes()).isEqualTo(bytes);
    assertThat(precision.unitRoundoff()).isEqualTo(unitRoundoff);
    assertThat(precision.smallestSubnormal()).isEqualTo(smallestSubnormal);
    assertThat(precision.largest()).isEqualTo(largest);
  }

  @Property(tries = 100)
  void a_number_is_rounded_to_its_format(@ForAll double x) {
    assertThat(Precision.FLOAT.round(x)).isEqualTo((float) x);
    assertThat(Precision.DOUBLE.round(x)).isEqualTo(x);
    assertThat(Precision.FLOAT.ulp(x)).isEqualTo(Math.ulp((float) x));
    assertThat(Precision.DOUBLE.ulp(x)).isEqualTo(Math.ulp(x));
  }
}
