package io.github.sumnet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.sumnet.report.chart.Curve.Point;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.jfree.data.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

class ChartTest {
  private static final LineChart LOSS =
      new LineChart(
          "Loss",
          Axis.linear("samples"),
          Axis.logarithmic("half mean squared error"),
          List.of(
              Curve.line(
                  "loss", Palette.BLUE, List.of(new Point(1000, 0.02), new Point(2000, 0.003))),
              Curve.line(
                  "held-out loss",
                  Palette.ORANGE,
                  List.of(new Point(1000, 0.021), new Point(2000, 0.0028)))));

  private static final LineChart RATES =
      new LineChart(
          "Throughput",
          Axis.logarithmic("batch size"),
          Axis.logarithmic("samples per second"),
          List.of(
              new Curve(
                  "fused",
                  List.of(new Point(32, 1e6, 1e4, 1e8), new Point(64, 1e6)),
                  Palette.BLUE,
                  Curve.Mark.SQUARE,
                  Curve.Line.DASHED)));

  @Test
  void a_png_has_two_pixels_for_every_unit_and_each_curve_in_its_colour() throws Exception {
    BufferedImage image = image(LOSS.picture(600, 400));

    assertThat(image.getWidth()).isEqualTo(1200);
    assertThat(image.getHeight()).isEqualTo(800);
    assertThat(pixels(image, Palette.BLUE)).isGreaterThan(500);
    assertThat(pixels(image, Palette.ORANGE)).isGreaterThan(500);
    assertThat(pixels(image, Palette.PURPLE)).isZero();
    assertThat(image.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  @Test
  void an_svg_has_its_texts_as_texts_and_the_png_their_ink_in_the_same_places() throws Exception {
    Picture picture = LOSS.picture(600, 400);
    BufferedImage png = image(picture);
    SvgFile svg = SvgFile.of(picture.svg());

    assertThat(svg.texts())
        .contains("Loss", "samples", "half mean squared error", "loss", "held-out loss")
        .contains("0.01", "1200");
    for (SvgFile.Label label : svg.labels()) {
      assertThat(ink(png, label)).as(label.text()).isGreaterThan(10);
    }
  }

  /** Pixels of a text's colour in its place. */
  static long ink(BufferedImage png, SvgFile.Label label) {
    Rectangle2D box = label.bounds();
    return IntStream.range((int) (2 * box.getMinX()), (int) (2 * box.getMaxX()))
        .mapToLong(
            x ->
                IntStream.range((int) (2 * box.getMinY()), (int) (2 * box.getMaxY()))
                    .filter(y -> png.getRGB(x, y) == label.color().getRGB())
                    .count())
        .sum();
  }

  @Test
  void an_svg_in_a_page_takes_the_pages_colours_and_escapes_its_description() throws Exception {
    String svg = LOSS.untitled(480, 350).svgInPage("less < \"more\" & all");

    Element root = SvgFile.of(svg).root();
    assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 480 350");
    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getAttribute("aria-label")).isEqualTo("less < \"more\" & all");
    assertThat(svg).contains("var(--blue)", "var(--orange)").doesNotContain("#", ">Loss<");
  }

  @Test
  void the_same_chart_gives_the_same_bytes() {
    for (LineChart chart : List.of(LOSS, RATES)) {
      Picture picture = chart.picture(600, 400);
      assertThat(picture.png()).isEqualTo(picture.png());
      assertThat(picture.svg()).isEqualTo(picture.svg());
    }
  }

  /** As where a run was interrupted: Java would lose the font, whose file is deleted. */
  @Test
  void an_interrupted_thread_draws_the_same_and_stays_interrupted() throws Exception {
    Picture picture = RATES.picture(620, 410);
    byte[] png;
    Thread.currentThread().interrupt();
    try {
      png = picture.png();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(png).isEqualTo(picture.png());
  }

  @Test
  void an_error_bar_goes_from_low_to_high_in_its_curves_colour_without_dashes() throws Exception {
    SvgFile svg = SvgFile.of(RATES.picture(600, 400).svg());

    List<Element> bars =
        svg.elements("path").stream()
            .filter(path -> path.getAttribute("stroke").equals("#1f6fb2"))
            .filter(path -> SvgFile.bounds(path).getWidth() == 0)
            .filter(path -> SvgFile.bounds(path).getHeight() > 0)
            .toList();

    assertThat(bars).hasSize(1);
    assertThat(bars.get(0).getAttribute("stroke-dasharray")).isEmpty();
    Rectangle2D bar = SvgFile.bounds(bars.get(0));
    assertThat(bar.getMinY()).isEqualTo(middle(svg, "100 M"), within(2.0));
    assertThat(bar.getMaxY()).isEqualTo(middle(svg, "10 k"), within(2.0));
  }

  @Test
  void a_logarithmic_axis_has_the_same_way_from_each_power_of_ten_to_the_next() throws Exception {
    SvgFile svg = SvgFile.of(RATES.picture(600, 400).svg());

    double decade = middle(svg, "10 M") - middle(svg, "100 M");
    assertThat(decade).isGreaterThan(30);
    assertThat(middle(svg, "1 M") - middle(svg, "10 M")).isEqualTo(decade, within(0.1));
    assertThat(middle(svg, "10 k") - middle(svg, "100 M")).isEqualTo(4 * decade, within(0.1));
  }

  private static double middle(SvgFile svg, String text) {
    return svg.labels().stream()
        .filter(label -> label.text().equals(text))
        .findFirst()
        .orElseThrow()
        .bounds()
        .getCenterY();
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.FIRST)
  void no_two_texts_meet_and_all_are_on_the_picture(
      @ForAll("ordinary") List<Point> points,
      @ForAll Axis.Scale x,
      @ForAll Axis.Scale y,
      @ForAll @IntRange(min = 420, max = 900) int width)
      throws Exception {
    LineChart chart =
        new LineChart(
            "A title",
            new Axis("across", x),
            new Axis("upwards", y),
            IntStream.range(0, 8)
                .mapToObj(i -> Curve.line("reference, opencl, double " + i, Palette.BLUE, points))
                .toList());

    assertThatLabelsKeepApart(chart.picture(width, 450));
  }

  static void assertThatLabelsKeepApart(Picture picture) throws Exception {
    List<SvgFile.Label> labels = SvgFile.of(picture.svg()).labels();
    Rectangle2D sheet = new Rectangle2D.Double(0, 0, picture.width(), picture.height());
    for (int i = 0; i < labels.size(); i++) {
      Rectangle2D bounds = labels.get(i).bounds();
      assertThat(sheet.contains(bounds)).as(labels.get(i).text() + " on the picture").isTrue();
      for (SvgFile.Label before : labels.subList(0, i)) {
        assertThat(bounds.intersects(before.bounds()))
            .as(labels.get(i).text() + " meets " + before.text())
            .isFalse();
      }
    }
  }

  /** The chart library could loop for ever over some ranges, or fail over others. */
  @Tag("campaign")
  @Property(tries = 200, edgeCases = EdgeCasesMode.FIRST)
  void whatever_the_values_are_they_can_be_drawn(@ForAll("points") List<Point> points) {
    for (Axis.Scale x : Axis.Scale.values()) {
      for (Axis.Scale y : Axis.Scale.values()) {
        assertThatItIsDrawn(
            new LineChart(
                "All",
                new Axis("x", x),
                new Axis("y", y),
                List.of(
                    Curve.line("line", Palette.BLUE, points),
                    Curve.dots("dots", Palette.ORANGE, points))));
      }
    }
  }

  private static void assertThatItIsDrawn(LineChart chart) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(chart.picture(480, 350).svg()).contains(">x<").doesNotContain("NaN"));
  }

  /** What charts of this project show: losses, inputs, counts and rates. */
  @Provide
  Arbitrary<List<Point>> ordinary() {
    Arbitrary<Double> value =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(-1e3, 1e3).ofScale(2),
            Arbitraries.doubles().between(0, 1).ofScale(6),
            Arbitraries.doubles().between(0, 1e12).ofScale(0));
    return Combinators.combine(value, value).as(Point::new).list().ofMaxSize(6);
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
        assertThatItIsDrawn(
            new LineChart(
                "All",
                new Axis("x", scale),
                new Axis("y", scale),
                List.of(
                    Curve.line(
                        "line",
                        Palette.BLUE,
                        List.of(new Point(low, high), new Point(high, low))))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_single_value_and_none_at_all_leave_axes_with_room(Axis.Scale scale) {
    Axis axis = new Axis("y", scale);

    for (double[] values : new double[][] {{}, {5}, {5, 5}, {Double.NaN}}) {
      Range range = axis.over(DoubleStream.of(values)).getRange();
      assertThat(range.getLength()).isPositive();
      assertThat(DoubleStream.of(values).filter(axis::shows)).allMatch(range::contains);
    }
  }

  private static BufferedImage image(Picture picture) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(picture.png()));
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
