package io.github.sumnet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.sumnet.report.chart.Curve.Point;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {
  private static final Chart LOSS =
      new LineChart(
          "Loss",
          Axis.linear("samples"),
          Axis.logarithmic("half mean squared error"),
          List.of(
              Curve.line("loss", List.of(new Point(1000, 0.02), new Point(2000, 0.003))),
              Curve.line(
                  "held-out loss", List.of(new Point(1000, 0.021), new Point(2000, 0.0028)))));

  private static final BufferedImage SHEET =
      new BufferedImage(480, 350, BufferedImage.TYPE_INT_RGB);

  @Test
  void a_png_has_two_pixels_for_every_unit_and_each_curve_in_its_colour() throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(PngChart.bytes(LOSS, 600, 400)));

    assertThat(image.getWidth()).isEqualTo(1200);
    assertThat(image.getHeight()).isEqualTo(800);
    assertThat(pixels(image, Palette.BLUE)).isGreaterThan(500);
    assertThat(pixels(image, Palette.ORANGE)).isGreaterThan(500);
    assertThat(pixels(image, Palette.PURPLE)).isZero();
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  @Test
  void an_inline_svg_takes_the_colours_of_its_page_and_escapes_its_description() throws Exception {
    String svg = SvgChart.inline(LOSS, 480, 350, "a", "less < \"more\" & all");

    Element root =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getDocumentElement();
    assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 480 350");
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getAttribute("aria-label")).isEqualTo("less < \"more\" & all");
    assertThat(svg).contains("var(--blue)", "var(--orange)").doesNotContain("rgb(");
  }

  @Test
  void error_bars_are_drawn_in_their_colour() throws Exception {
    Chart rates =
        new LineChart(
            "Throughput",
            Axis.logarithmic("batch size"),
            Axis.logarithmic("samples per second"),
            List.of(Curve.dots("fused", List.of(new Point(32, 1e6, 1e4, 1e8)))));

    BufferedImage bar = ImageIO.read(new ByteArrayInputStream(PngChart.bytes(rates, 600, 400)));

    // Four of the six decades or so of the axis, some three pixels wide.
    assertThat(pixels(bar, Palette.BLUE)).isGreaterThan(1000);
  }

  /** The chart library loops for ever over some ranges, and fails over others. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.FIRST)
  void whatever_the_values_are_they_can_be_drawn(@ForAll("points") List<Point> points) {
    for (Axis.Scale x : Axis.Scale.values()) {
      for (Axis.Scale y : Axis.Scale.values()) {
        LineChart chart =
            new LineChart(
                "All",
                new Axis("x", x),
                new Axis("y", y),
                List.of(Curve.line("line", points), Curve.dots("dots", points)));
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> chart.paint(SHEET.createGraphics(), 480, 350, true));
      }
    }
  }

  @Provide
  Arbitrary<List<Point>> points() {
    Arbitrary<Double> value =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(-1e15, 1e15).ofScale(2),
            Arbitraries.doubles().between(0, 1).ofScale(17),
            Arbitraries.of(
                0.0,
                -0.0,
                1e-300,
                1e-30,
                1e-13,
                1e300,
                -1e300,
                Double.NaN,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY));
    return Combinators.combine(value, value).as(Point::new).list().ofMaxSize(6);
  }

  @ParameterizedTest
  @EnumSource
  void the_most_extreme_pairs_can_be_drawn(Axis.Scale scale) {
    double[] extremes = {
      0, Double.MIN_VALUE, 1e-300, 1e-13, 5, 1e300, Double.MAX_VALUE, -1e300, -Double.MAX_VALUE
    };
    for (double low : extremes) {
      for (double high : extremes) {
        LineChart chart =
            new LineChart(
                "All",
                new Axis("x", scale),
                new Axis("y", scale),
                List.of(Curve.line("line", List.of(new Point(low, high), new Point(high, low)))));
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> chart.paint(SHEET.createGraphics(), 480, 350, true));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_single_value_and_none_at_all_leave_axes_with_room(Axis.Scale scale) {
    Axis axis = new Axis("y", scale);

    for (double[] values : new double[][] {{}, {5}, {5, 5}, {Double.NaN}}) {
      AxisRange range = AxisRange.of(axis, values);
      assertThat(range.low()).isLessThan(range.high());
      assertThat(DoubleStream.of(values).filter(axis::shows))
          .allMatch(value -> range.low() <= value && value <= range.high());
    }
  }

  private static long pixels(BufferedImage image, Palette color) {
    int rgb = color.light().getRGB();
    return IntStream.range(0, image.getWidth())
        .mapToLong(
            x ->
                IntStream.range(0, image.getHeight())
                    .filter(y -> image.getRGB(x, y) == rgb)
                    .count())
        .sum();
  }
}
