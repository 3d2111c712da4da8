package io.github.sumnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
  @Property
  void a_list_is_its_numbers_ascending_and_once_each(
      @ForAll @NotEmpty List<@IntRange(min = 1) Integer> numbers) {
    String text = String.join(",", numbers.stream().map(String::valueOf).toList());
    assertThat(Sizes.parse(text).values()).isEqualTo(List.copyOf(new TreeSet<>(numbers)));
  }

  @Property
  void a_range_begins_with_its_first_number_and_grows_by_its_factor_as_far_as_its_last(
      @ForAll @IntRange(min = 1, max = 10_000) int first,
      @ForAll @IntRange(min = 0) int more,
      @ForAll @IntRange(min = 2, max = 1000) int factor) {
    int last = (int) Math.min(Integer.MAX_VALUE, (long) first + more);
    List<Integer> values = Sizes.parse(first + ".." + last + "*" + factor).values();
    assertThat(values.get(0)).isEqualTo(first);
    for (int i = 1; i < values.size(); i++) {
      assertThat(values.get(i)).isEqualTo(values.get(i - 1) * factor);
    }
    long beyond = (long) values.get(values.size() - 1) * factor;
    assertThat(values.get(values.size() - 1)).isLessThanOrEqualTo(last);
    assertThat(beyond).isGreaterThan(last);
  }

  @Test
  void ranges_and_numbers_mix() {
    assertThat(Sizes.parse("1024..1048576*4, 32,1..3").values())
        .containsExactly(1, 2, 32, 1024, 4096, 16384, 65536, 262144, 1048576);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';expected a number",
        "32,;expected a number",
        "many;not 'many'",
        "-1;at least 1, not -1",
        "0;at least 1",
        "0..4;at least 1",
        "1..2..3;not '1..2..3'",
        "64..32;runs backwards",
        "1..100*1;factor must be at least 2",
        "1..100*0;at least 1",
        "99999999999;not '99999999999'",
        "1..99999999999;not '99999999999'",
        "1.5;not '1.5'",
      })
  void what_is_neither_says_what_is_expected(String text, String complaint) {
    assertThatThrownBy(() -> Sizes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }
}
