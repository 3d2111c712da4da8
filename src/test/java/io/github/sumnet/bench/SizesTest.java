package io.github.sumnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Assume;
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
  void a_range_begins_with_its_first_number_and_grows_by_its_factor_to_its_last(
      @ForAll @IntRange(min = 1, max = 10_000) int first,
      @ForAll @IntRange(min = 0, max = 4) int steps,
      @ForAll @IntRange(min = 2, max = 20) int factor) {
    int last = first * (int) Math.pow(factor, steps);
    List<Integer> values = Sizes.parse(first + ".." + last + "*" + factor).values();
    assertThat(values).hasSize(steps + 1).startsWith(first).endsWith(last);
    for (int i = 1; i < values.size(); i++) {
      assertThat(values.get(i)).isEqualTo(values.get(i - 1) * factor);
    }
  }

  @Property
  void a_range_that_does_not_reach_its_last_number_is_refused_with_ranges_that_are_accepted(
      @ForAll @IntRange(min = 1, max = 10_000) int first,
      @ForAll @IntRange(min = 1) int more,
      @ForAll @IntRange(min = 2, max = 1000) int factor) {
    long last = Math.min(Integer.MAX_VALUE, (long) first + more);
    long reached = first;
    while (reached * factor <= last) {
      reached *= factor;
    }
    Assume.that(reached < last);
    String upToThere = first + ".." + reached + "*" + factor;
    assertThatThrownBy(() -> Sizes.parse(first + ".." + last + "*" + factor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not reach " + last)
        .hasMessageEndingWith("give " + upToThere + " or " + upToThere + "," + last);
    assertThat(Sizes.parse(upToThere).values()).contains(first, (int) reached);
  }

  @Test
  void ranges_and_numbers_mix() {
    assertThat(Sizes.parse("1024..1048576*4, 32,1..2").values())
        .containsExactly(1, 2, 32, 1024, 4096, 16384, 65536, 262144, 1048576);
  }

  @Test
  void numbers_are_written_as_in_every_other_option() {
    assertThat(Sizes.parse("1k,1Ki..4Ki,1e5").values())
        .containsExactly(1000, 1024, 2048, 4096, 100_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'';expected a whole number",
        "32,;a range is written 1024..1Mi*4",
        "many;not 'many'",
        "-1;'-1' is out of range: expected a whole number from 1",
        "0;from 1",
        "0..4;from 1",
        "1..2..3;not '1..2..3'",
        "64..32;runs backwards",
        "32..1000;give 32..512*2 or 32..512*2,1000",
        "1..100*1;factor must be at least 2",
        "1..100*0;from 1",
        "99999999999;to 2147483647",
        "1..3G;'3G' is out of range",
        "1.5;not '1.5'",
      })
  void what_is_neither_says_what_is_expected(String text, String complaint) {
    assertThatThrownBy(() -> Sizes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }
}
