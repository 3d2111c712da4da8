package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1    | sample | 1 sample
          0    | sample | 0 samples
          2    | step   | 2 steps
          1280 | step   | 1,280 steps
          1    | batch  | 1 batch
          3    | batch  | 3 batches
          2    | epoch  | 2 epochs
          -1   | byte   | -1 bytes
          """)
  void a_count_is_printed_with_its_noun_in_the_right_number(long number, String noun, String text) {
    assertThat(Count.of(number, noun)).isEqualTo(text);
  }

  @Property(tries = 200)
  void what_is_written_plainly_is_read_back(@ForAll long number) {
    assertThat(Count.parse(Long.toString(number), Long.MIN_VALUE, Long.MAX_VALUE))
        .isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "64k, 64000",
    "10M, 10000000",
    "2G, 2000000000",
    "64Ki, 65536",
    "1Mi, 1048576",
    "1Gi, 1073741824",
    "1e6, 1000000",
    "1.5k, 1500",
    "0.5Ki, 512",
    "+7, 7",
    "2.0, 2",
    "1e2k, 100000"
  })
  void units_fractions_of_them_and_powers_of_ten_are_read(String text, long number) {
    assertThat(Count.parse(text, 0, Long.MAX_VALUE)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "many", "0.5", "1.5e0", "1.0001k", "1e-3", "1e1000", "1K", "4 k", " 4", "0x10"
      })
  void what_is_no_whole_number_is_refused(String text) {
    assertThatThrownBy(() -> Count.parse(text, Long.MIN_VALUE, Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected a whole number such as 4096, 64k, 10M, 64Ki or 1e6, not '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"0", "11", "1e999", "-1e999"})
  void what_is_too_small_or_too_large_is_refused(String text) {
    assertThatThrownBy(() -> Count.parse(text, 1, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is out of range: expected a whole number from 1 to 10");
    assertThat(Count.parse("1", 1, 10)).isEqualTo(1);
    assertThat(Count.parse("10", 1, 10)).isEqualTo(10);
  }
}
