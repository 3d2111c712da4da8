package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
