package io.github.sumnet.report.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Block.Column.Kind;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class OutputFormatTest {
  @Property(tries = 200)
  void text_keeps_every_word_and_no_line_is_longer_than_100_columns(
      @ForAll @Size(min = 1, max = 60)
          List<@StringLength(min = 1, max = 30) @AlphaChars String> words) {
    String text = String.join(" ", words);
    List<Block> blocks =
        List.of(
            new Block.Text(text),
            new Block.Bullets(true, List.of(text, text)),
            new Block.Facts("facts", Map.of("name", text)),
            new Block.Table("", Column.of(Kind.CODE, "formula"), List.of(List.of(text))));

    for (Block block : blocks) {
      String printed = print(OutputFormat.TEXT, block);
      assertThat(printed.lines()).allMatch(line -> line.length() <= 100);
      assertThat(printed.lines().map(String::strip).collect(Collectors.joining(" ")))
          .contains(text);
    }
  }

  @Property(tries = 200)
  void markdown_has_a_cell_for_every_column_whatever_is_in_it(
      @ForAll @Size(value = 3) List<@StringLength(max = 12) String> cells) {
    String printed =
        print(
            OutputFormat.MARKDOWN,
            new Block.Table("", Column.words("a", "b", "c"), List.of(cells)));

    String row = printed.lines().skip(4).collect(Collectors.joining());
    assertThat(row.replace("\\\\", "").replace("\\|", "").chars().filter(c -> c == '|').count())
        .isEqualTo(4);
  }

  @Test
  void junit_xml_is_well_formed_whatever_is_in_it() throws Exception {
    String hostile = "<a href=\"x\">&amp;]]>\u0007\u001b[2J\n'";
    Report report =
        new Report() {
          @Override
          public Document document() {
            return new Document("", "", List.of());
          }

          @Override
          public String title() {
            return hostile;
          }

          @Override
          public Object json() {
            return Map.of();
          }

          @Override
          public List<TestSuite> suites() {
            TestSuite.Case failed =
                new TestSuite.Case(hostile, TestSuite.Outcome.FAILED, hostile, hostile);
            return List.of(new TestSuite("a.b", List.of(failed)));
          }
        };
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(OutputFormat.JUNIT.of(report))))
            .getDocumentElement();
    Element test = (Element) root.getElementsByTagName("testcase").item(0);
    assertThat(test.getAttribute("name")).startsWith("<a href=\"x\">&amp;]]>??[2J");
    assertThat(test.getAttribute("classname")).isEqualTo("a_b");
    assertThat(test.getElementsByTagName("failure").item(0).getTextContent())
        .isEqualTo("<a href=\"x\">&amp;]]>??[2J\n'");
  }

  @Test
  void columns_of_words_are_to_the_left_and_of_numbers_to_the_right() {
    Block.Table table =
        new Block.Table(
            "",
            List.of(new Column("name", Kind.WORDS), new Column("count", Kind.NUMBERS)),
            List.of(List.of("a", "1"), List.of("longer", "1,000")));

    assertThat(print(OutputFormat.TEXT, table).lines())
        .containsExactly("title", "", "name    count", "a           1", "longer  1,000");
    assertThat(print(OutputFormat.MARKDOWN, table)).contains("|---|---:|");
    assertThat(print(OutputFormat.HTML, table)).contains("<td class=\"number\">1,000</td>");
  }

  @Test
  void a_row_that_does_not_fit_its_columns_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Block.Table("", Column.words("a"), List.of(List.of("1", "2"))));
  }

  @Test
  void a_page_escapes_what_would_be_markup() {
    assertThat(print(OutputFormat.HTML, new Block.Text("<script>")))
        .contains("&lt;script&gt;")
        .doesNotContain("<script>");
  }

  private record Everything(
      double finite,
      double infinite,
      Double missing,
      Optional<String> present,
      Optional<String> absent,
      Kind kind,
      Path path,
      BigDecimal decimal) {}

  @Test
  void json_leaves_out_empty_optionals_and_has_null_for_what_is_unknown() {
    JsonObject json =
        JsonParser.parseString(
                Json.write(
                    new Everything(
                        0.1,
                        Double.NEGATIVE_INFINITY,
                        null,
                        Optional.of("here"),
                        Optional.empty(),
                        Kind.CODE,
                        Path.of("a", "b"),
                        new BigDecimal("1.10"))))
            .getAsJsonObject();

    assertThat(json.keySet())
        .containsExactly("finite", "infinite", "missing", "present", "kind", "path", "decimal");
    assertThat(json.get("infinite").isJsonNull()).isTrue();
    assertThat(json.get("missing").isJsonNull()).isTrue();
    assertThat(json.get("present").getAsString()).isEqualTo("here");
    assertThat(json.get("decimal").getAsJsonPrimitive().isString()).isTrue();
    assertThat(json.get("decimal").getAsString()).isEqualTo("1.10");
  }

  private static String print(OutputFormat format, Block block) {
    return format.of(
        new Report() {
          @Override
          public String title() {
            return "title";
          }

          @Override
          public Document document() {
            return new Document("title", "", List.of(block));
          }

          @Override
          public Object json() {
            return Map.of();
          }
        });
  }
}
