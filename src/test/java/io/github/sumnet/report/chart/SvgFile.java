package io.github.sumnet.report.chart;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What a picture's SVG says is where. */
record SvgFile(Element root) {
  /** A text, and where it is from its font's highest letters to the lowest. */
  record Label(String text, Rectangle2D bounds, Color color) {}

  static SvgFile of(String svg) throws Exception {
    return new SvgFile(
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getDocumentElement());
  }

  List<Element> elements(String name) {
    NodeList nodes = root.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  /** In the order in which they are painted. */
  List<Label> labels() {
    return elements("text").stream().map(SvgFile::label).toList();
  }

  List<String> texts() {
    return labels().stream().map(Label::text).toList();
  }

  private static Label label(Element text) {
    double size = number(text, "font-size");
    Rectangle2D upright =
        new Rectangle2D.Double(0, -0.905 * size, number(text, "textLength"), 1.117 * size);
    String transform = text.getAttribute("transform");
    AffineTransform place =
        transform.isEmpty()
            ? AffineTransform.getTranslateInstance(number(text, "x"), number(text, "y"))
            : new AffineTransform(numbers(transform.replaceAll("matrix\\(|\\)", "")));
    return new Label(
        text.getTextContent(),
        place.createTransformedShape(upright).getBounds2D(),
        Color.decode(text.getAttribute("fill")));
  }

  /** Where a path is, or its control points are. */
  static Rectangle2D bounds(Element path) {
    double[] numbers = numbers(path.getAttribute("d").replaceAll("[MLQCZ]", " "));
    Rectangle2D bounds = new Rectangle2D.Double(numbers[0], numbers[1], 0, 0);
    for (int i = 2; i < numbers.length; i += 2) {
      bounds.add(numbers[i], numbers[i + 1]);
    }
    return bounds;
  }

  static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
