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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class NetworkDiagramTest {
  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 12, 32})
  void no_two_labels_meet_and_all_are_on_the_picture(int hidden) throws Exception {
    ChartTest.assertThatLabelsKeepApart(NetworkDiagram.of(explanation(drawn(hidden))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void the_longest_numbers_still_fit(int hidden) throws Exception {
    ChartTest.assertThatLabelsKeepApart(NetworkDiagram.of(explanation(longest(hidden))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 12})
  void every_label_is_inside_its_box_or_outside_of_all(int hidden) throws Exception {
    assertThatLabelsRespectBoxes(svg(drawn(hidden)));
    assertThatLabelsRespectBoxes(svg(longest(hidden)));
  }

  private static void assertThatLabelsRespectBoxes(SvgFile svg) {
    List<Rectangle2D> filled =
        svg.elements("path").stream()
            .filter(path -> !path.getAttribute("fill").equals("none"))
            .map(SvgFile::bounds)
            .toList();
    assertThat(filled).hasSizeGreaterThan(4);
    for (SvgFile.Label label : svg.labels()) {
      for (Rectangle2D box : filled) {
        assertThat(box.contains(label.bounds()) || !box.intersects(label.bounds()))
            .as(label.text())
            .isTrue();
      }
    }
  }

  @Test
  void the_picture_has_every_value_by_its_name() throws Exception {
    assertThat(svg(Inputs.WORKED_EXAMPLE).texts())
        .contains("x1", "1.1", "x2", "2.2", "w11 = 0.2", "w12 = 0.3", "w21 = 0.4", "w22 = 0.7")
        .contains("wh1 = 0.6", "wh2 = -0.1", "z1 = 1.1", "z2 = 1.87", "a1 = 0.75026")
        .contains("a2 = 0.86646", "zo = 0.36351", "ŷ = 0.58989", "y = 3.3", "L = 3.6723")
        .contains("δo = -0.65563", "δ1 = -0.073707", "δ2 = 0.0075862")
        .contains("∂L/∂w11 = -0.081078", "∂L/∂w12 = 0.0083448", "∂L/∂w21 = -0.16216")
        .contains("∂L/∂w22 = 0.01669", "∂L/∂wh1 = -0.49189", "∂L/∂wh2 = -0.56808");
  }

  @Test
  void a_weights_sign_can_be_told_without_its_colour() throws Exception {
    List<Element> weights =
        svg(Inputs.WORKED_EXAMPLE).elements("path").stream()
            .filter(path -> path.getAttribute("fill").equals("none"))
            .limit(6)
            .toList();

    // Unit by unit: w11 w21 wh1, w12 w22 wh2; wh2 is the negative one.
    assertThat(weights)
        .extracting(weight -> weight.hasAttribute("stroke-dasharray"))
        .containsExactly(false, false, false, false, false, true);
    assertThat(SvgFile.number(weights.get(4), "stroke-width"))
        .isGreaterThan(SvgFile.number(weights.get(3), "stroke-width"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void every_weight_has_its_value_its_gradient_and_its_line(int hidden) throws Exception {
    Inputs inputs = drawn(hidden);
    Picture picture = NetworkDiagram.of(explanation(inputs));

    SvgFile svg = SvgFile.of(picture.svg());

    assertThat(svg.root().getAttribute("viewBox"))
        .isEqualTo("0 0 " + picture.width() + " " + picture.height());
    for (String name : inputs.topology().weightNames()) {
      assertThat(svg.texts()).anyMatch(text -> text.startsWith(name + " = "));
      assertThat(svg.texts()).anyMatch(text -> text.startsWith("∂L/∂" + name + " = "));
    }
    assertThat(svg.elements("path")).hasSizeGreaterThan(6 * hidden);
  }

  @Test
  void the_png_has_two_pixels_for_every_unit_of_the_picture_and_ink_where_a_label_is()
      throws Exception {
    Picture picture = NetworkDiagram.of(explanation(Inputs.WORKED_EXAMPLE));

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));

    assertThat(image.getWidth()).isEqualTo(2 * picture.width());
    assertThat(image.getHeight()).isEqualTo(2 * picture.height());
    for (SvgFile.Label label : SvgFile.of(picture.svg()).labels()) {
      assertThat(ChartTest.ink(image, label)).as(label.text()).isGreaterThan(10);
    }
  }

  @Test
  void more_units_than_fit_are_refused() {
    assertThatThrownBy(() -> NetworkDiagram.of(explanation(drawn(33))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at most 32 hidden units fit a diagram, not 33");
  }

  private static SvgFile svg(Inputs inputs) throws Exception {
    return SvgFile.of(NetworkDiagram.of(explanation(inputs)).svg());
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
}
