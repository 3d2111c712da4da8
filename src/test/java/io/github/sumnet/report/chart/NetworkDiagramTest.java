package io.github.sumnet.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.explain.EngineValues;
import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Inputs;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.XavierInit;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class NetworkDiagramTest {
  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 12, 32})
  void no_two_labels_meet_and_all_are_on_the_picture(int hidden) throws Exception {
    assertThatLabelsKeepApart(NetworkDiagram.of(explanation(drawn(hidden))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void the_longest_numbers_still_fit(int hidden) throws Exception {
    assertThatLabelsKeepApart(NetworkDiagram.of(explanation(longest(hidden))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 12})
  void every_label_is_inside_its_box_or_outside_of_all(int hidden) {
    assertThatLabelsRespectBoxes(NetworkDiagram.of(explanation(drawn(hidden))));
    assertThatLabelsRespectBoxes(NetworkDiagram.of(explanation(longest(hidden))));
  }

  private static void assertThatLabelsRespectBoxes(Drawing drawing) {
    for (Drawing.Label label : labels(drawing)) {
      for (Drawing.Mark mark : drawing.marks()) {
        if (mark instanceof Drawing.Area area) {
          Rectangle2D box = area.shape().getBounds2D();
          assertThat(box.contains(label.bounds()) || !box.intersects(label.bounds()))
              .as(label.text())
              .isTrue();
        }
      }
    }
  }

  @Test
  void the_drawing_has_every_value_by_its_name() {
    assertThat(labels(NetworkDiagram.of(explanation(Inputs.WORKED_EXAMPLE))))
        .extracting(Drawing.Label::text)
        .contains("x1", "1.1", "x2", "2.2", "w11 = 0.2", "w12 = 0.3", "w21 = 0.4", "w22 = 0.7")
        .contains("wh1 = 0.6", "wh2 = -0.1", "z1 = 1.1", "z2 = 1.87", "a1 = 0.75026")
        .contains("a2 = 0.86646", "zo = 0.36351", "ŷ = 0.58989", "y = 3.3", "L = 3.6723")
        .contains("δo = -0.65563", "δ1 = -0.073707", "δ2 = 0.0075862")
        .contains("∂L/∂w11 = -0.081078", "∂L/∂w12 = 0.0083448", "∂L/∂w21 = -0.16216")
        .contains("∂L/∂w22 = 0.01669", "∂L/∂wh1 = -0.49189", "∂L/∂wh2 = -0.56808");
  }

  @Test
  void a_weights_sign_can_be_told_without_its_colour() {
    List<Drawing.Line> weights =
        NetworkDiagram.of(explanation(Inputs.WORKED_EXAMPLE)).marks().stream()
            .filter(Drawing.Line.class::isInstance)
            .map(Drawing.Line.class::cast)
            .limit(6)
            .toList();

    // Unit by unit: w11 w21 wh1, w12 w22 wh2; wh2 is the negative one.
    assertThat(weights)
        .extracting(Drawing.Line::dashed)
        .containsExactly(false, false, false, false, false, true);
    assertThat(weights.get(4).width()).isGreaterThan(weights.get(3).width());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void the_svg_is_xml_with_the_same_labels(int hidden) throws Exception {
    Inputs inputs = drawn(hidden);
    Drawing drawing = NetworkDiagram.of(explanation(inputs));

    Document svg = parsed(new SvgDrawing().bytes(drawing));

    assertThat(svg.getDocumentElement().getAttribute("viewBox"))
        .isEqualTo("0 0 " + drawing.width() + " " + drawing.height());
    List<String> texts =
        elements(svg, "text").stream().map(Element::getTextContent).collect(Collectors.toList());
    assertThat(texts).isEqualTo(labels(drawing).stream().map(Drawing.Label::text).toList());
    for (String name : inputs.topology().weightNames()) {
      assertThat(texts).anyMatch(text -> text.startsWith(name + " = "));
      assertThat(texts).anyMatch(text -> text.startsWith("∂L/∂" + name + " = "));
    }
    assertThat(elements(svg, "path")).hasSizeGreaterThan(6 * hidden);
  }

  @Test
  void the_png_has_two_pixels_for_every_unit_of_the_drawing_and_ink_where_a_label_is()
      throws Exception {
    Drawing drawing = NetworkDiagram.of(explanation(Inputs.WORKED_EXAMPLE));

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(new PngDrawing().bytes(drawing)));

    assertThat(image.getWidth()).isEqualTo(2 * drawing.width());
    assertThat(image.getHeight()).isEqualTo(2 * drawing.height());
    for (Drawing.Label label : labels(drawing)) {
      Rectangle2D box = label.bounds();
      assertThat(
              IntStream.range((int) (2 * box.getMinX()), (int) (2 * box.getMaxX()))
                  .mapToLong(
                      x ->
                          IntStream.range((int) (2 * box.getMinY()), (int) (2 * box.getMaxY()))
                              .filter(y -> (image.getRGB(x, y) & 0xFFFFFF) == rgb(label))
                              .count())
                  .sum())
          .as(label.text())
          .isGreaterThan(10);
    }
  }

  @Test
  void more_units_than_fit_are_refused() {
    assertThatThrownBy(() -> NetworkDiagram.of(explanation(drawn(33))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at most 32 hidden units fit a diagram, not 33");
  }

  /** Measured twice: as laid out, and from what the SVG file says. */
  private static void assertThatLabelsKeepApart(Drawing drawing) throws Exception {
    List<Rectangle2D> laidOut = labels(drawing).stream().map(Drawing.Label::bounds).toList();
    List<Rectangle2D> inFile = new ArrayList<>();
    for (Element text : elements(parsed(new SvgDrawing().bytes(drawing)), "text")) {
      double size = attribute(text, "font-size");
      inFile.add(
          new Rectangle2D.Double(
              attribute(text, "x"),
              attribute(text, "y") - 0.905 * size,
              attribute(text, "textLength"),
              1.117 * size));
    }
    List<String> texts = labels(drawing).stream().map(Drawing.Label::text).toList();
    for (List<Rectangle2D> boxes : List.of(laidOut, inFile)) {
      assertThat(boxes).hasSameSizeAs(texts);
      for (int i = 0; i < boxes.size(); i++) {
        assertThat(new Rectangle2D.Double(0, 0, drawing.width(), drawing.height()))
            .matches(boundsContaining(boxes.get(i)), texts.get(i) + " on the picture");
        for (int j = 0; j < i; j++) {
          assertThat(boxes.get(i).intersects(boxes.get(j)))
              .as(texts.get(i) + " meets " + texts.get(j))
              .isFalse();
        }
      }
    }
  }

  private static Predicate<Rectangle2D> boundsContaining(Rectangle2D inner) {
    return outer -> outer.contains(inner);
  }

  private static List<Drawing.Label> labels(Drawing drawing) {
    return drawing.marks().stream()
        .filter(Drawing.Label.class::isInstance)
        .map(Drawing.Label.class::cast)
        .toList();
  }

  private static int rgb(Drawing.Label label) {
    return label.color().getRGB() & 0xFFFFFF;
  }

  private static Inputs drawn(int hidden) {
    Topology topology = new Topology(hidden);
    return new Inputs(
        topology,
        new BigDecimal("1.1"),
        new BigDecimal("2.2"),
        new BigDecimal("3.3"),
        new BigDecimal("0.1"),
        Arrays.stream(XavierInit.weights(topology, 42).toArray())
            .mapToObj(BigDecimal::new)
            .toList());
  }

  private static Inputs longest(int hidden) {
    BigDecimal longest = new BigDecimal("-1.2345678E-200");
    return new Inputs(
        new Topology(hidden),
        longest,
        new BigDecimal("-123456.78"),
        longest,
        longest.negate(),
        Collections.nCopies(3 * hidden, longest));
  }

  private static Explanation explanation(Inputs inputs) {
    try (Engine engine = EngineValues.engine(inputs, Device.CPU, Precision.DOUBLE)) {
      return Explanation.of(inputs, engine);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static Document parsed(byte[] svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg));
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static double attribute(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }
}
