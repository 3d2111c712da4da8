package io.github.sumnet.report.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.report.chart.Axis;
import io.github.sumnet.report.chart.Curve;
import io.github.sumnet.report.chart.LineChart;
import io.github.sumnet.report.chart.Palette;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Browser.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlRendererTest {
  private static final String HOSTILE =
      "</style></svg><script>console.log('x')</script><img src=x>\"'&";

  @TempDir Path folder;

  private static Document hostile() {
    LineChart chart =
        new LineChart(
            HOSTILE,
            Axis.linear(HOSTILE),
            Axis.linear("y"),
            List.of(
                Curve.line(
                    HOSTILE, Palette.BLUE, List.of(new Curve.Point(1, 2), new Curve.Point(2, 3)))));
    List<String> wide = IntStream.range(0, 40).mapToObj(i -> HOSTILE).toList();
    return new Document(
        HOSTILE,
        HOSTILE,
        List.of(
            new Block.Heading(HOSTILE),
            new Block.Text(HOSTILE + "x".repeat(500)),
            new Block.Bullets(true, List.of(HOSTILE)),
            new Block.KeyFigures(Map.of(HOSTILE, "9".repeat(100))),
            new Block.Facts(HOSTILE, Map.of(HOSTILE, HOSTILE)),
            new Block.Table(
                HOSTILE,
                wide.stream().flatMap(name -> Column.words(name).stream()).toList(),
                List.of(wide, wide)),
            new Block.Code(HOSTILE, HOSTILE.repeat(20)),
            new Block.Picture(chart, 320, HOSTILE),
            new Block.Picture(chart, 320, "b")));
  }

  @Test
  void whatever_it_is_given_is_text() {
    assertThat(HtmlRenderer.render(hostile()))
        .contains("&lt;script&gt;")
        .doesNotContain("<script", "<img", "</style></svg>");
  }

  @Tag("campaign")
  @Test
  void in_a_browser_it_is_text_too_and_what_is_wide_scrolls_in_its_own_box() throws Exception {
    Path file = Files.writeString(folder.resolve("page.html"), HtmlRenderer.render(hostile()));
    try (Browser browser = Browser.start()) {
      for (int width : new int[] {320, 390, 1280}) {
        Browser.Page page = browser.open(file.toUri(), width, Look.LIGHT);

        assertThat(page.console()).isEmpty();
        assertThat(page.requests()).isEmpty();
        assertThat(page.overflow()).as("at " + width).isNotPositive();
        assertThat(
                page.evaluate(
                        "Array.from(document.querySelectorAll('.scroll'))"
                            + ".some(box => box.scrollWidth > box.clientWidth)")
                    .getAsBoolean())
            .isTrue();
        assertThat(page.evaluate("document.title").getAsString()).isEqualTo(HOSTILE);
      }
    }
  }

  @Test
  void the_browser_hears_complaints_sees_requests_and_measures_overflow() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("page.html"),
            "<!doctype html><img src=missing.png><div style='width:2000px'>wide</div>"
                + "<script>console.error('a complaint')</script>");
    try (Browser browser = Browser.start()) {
      Browser.Page page = browser.open(file.toUri(), 390, Look.LIGHT);

      assertThat(page.console()).anyMatch(line -> line.contains("a complaint"));
      assertThat(page.requests()).singleElement().asString().endsWith("/missing.png");
      assertThat(page.overflow()).isGreaterThan(1000);
    }
  }
}
