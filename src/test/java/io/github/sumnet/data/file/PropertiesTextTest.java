package io.github.sumnet.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {
  @Property(tries = 200)
  void what_is_written_is_read_again(@ForAll Map<String, String> properties) throws IOException {
    Map<String, String> sorted = new TreeMap<>(properties);
    assertThat(PropertiesText.read(new StringReader(PropertiesText.write(sorted))))
        .isEqualTo(sorted);
  }

  @Test
  void there_is_a_line_for_each_in_their_order_and_no_date() {
    assertThat(PropertiesText.write(new TreeMap<>(Map.of("b", "1:2", "a", "#"))))
        .isEqualTo("a=\\#\nb=1\\:2\n");
  }

  @Test
  void what_is_malformed_or_there_twice_is_refused() {
    assertThatThrownBy(() -> PropertiesText.read(new StringReader("a=1\na=1\n")))
        .isInstanceOf(IOException.class)
        .hasMessage("'a' is there more than once");
    assertThatThrownBy(() -> PropertiesText.read(new StringReader("a=\\u00x1\n")))
        .isInstanceOf(IOException.class);
  }
}
