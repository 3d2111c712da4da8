package io.github.sumnet.data.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.Samples;
import io.github.sumnet.data.Samples.Counted;
import io.github.sumnet.network.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRangeTest {
  @Test
  void its_samples_are_those_of_the_source_from_its_first_on() {
    Counted source = new Counted(100);
    Samples.assertSame(
        Samples.read(new SampleRange(source, 40, 20), Precision.DOUBLE, 5, 15),
        Samples.read(source, Precision.DOUBLE, 45, 15));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 21", "20, 1", "19, 2"})
  void the_rest_of_the_source_cannot_be_reached(long first, int count) {
    SampleRange range = new SampleRange(new Counted(100), 40, 20);
    assertThatThrownBy(() -> range.read(first, count, Batch.allocate(Precision.FLOAT, 50)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void a_part_that_the_source_does_not_have_or_without_samples_is_refused() {
    assertThatThrownBy(() -> new SampleRange(new Counted(100), 81, 20))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new SampleRange(new Counted(100), 50, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
