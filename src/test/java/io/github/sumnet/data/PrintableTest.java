package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @Property
  void whatever_it_is_a_line_commands_no_terminal_and_stays_short(@ForAll String found) {
    String line = Printable.line(found);

    assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");
    assertThat(line.length()).isEqualTo(found.length() > 200 ? 203 : found.length());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, ''", "200, 200, ''", "201, 200, ...", "5000, 200, ..."})
  void only_what_is_longer_than_200_characters_is_cut(int length, int kept, String end) {
    assertThat(Printable.line("a".repeat(length))).isEqualTo("a".repeat(kept) + end);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "'a\nb\tc','a\nb\tc',a?b?c",
        "'\u001b[2J\r','?[2J?',?[2J?",
        "x1 × π = ü,x1 × π = ü,x1 × π = ü"
      })
  void text_keeps_its_line_breaks_and_tabs_and_a_line_does_not(
      String found, String text, String line) {
    assertThat(Printable.text(found)).isEqualTo(text);
    assertThat(Printable.line(found)).isEqualTo(line);
  }
}
