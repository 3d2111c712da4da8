package io.github.sumnet.report.chart;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A drawing as SVG 1.1. Texts stay texts, to be found and copied; each says how wide it is, so that
 * it fits its place in any font.
 */
public final class SvgDrawing implements DrawingFormat {
  private static final String COMMANDS = "MLQCZ";
  private static final int[] COORDINATES = {2, 2, 4, 6, 0};

  @Override
  public byte[] bytes(Drawing drawing) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter svg = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      svg.writeStartDocument("UTF-8", "1.0");
      newLine(svg);
      svg.writeStartElement("svg");
      svg.writeDefaultNamespace("http://www.w3.org/2000/svg");
      attribute(svg, "width", drawing.width());
      attribute(svg, "height", drawing.height());
      svg.writeAttribute("viewBox", "0 0 " + drawing.width() + " " + drawing.height());
      svg.writeAttribute("role", "img");
      svg.writeAttribute("font-family", Typeface.FAMILIES);
      newLine(svg);
      svg.writeStartElement("title");
      svg.writeCharacters(drawing.title());
      svg.writeEndElement();
      newLine(svg);
      svg.writeEmptyElement("rect");
      svg.writeAttribute("width", "100%");
      svg.writeAttribute("height", "100%");
      svg.writeAttribute("fill", "white");
      for (Drawing.Mark mark : drawing.marks()) {
        newLine(svg);
        write(mark, svg);
      }
      newLine(svg);
      svg.writeEndElement();
      newLine(svg);
      svg.writeEndDocument();
    } catch (XMLStreamException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Drawing.Mark mark, XMLStreamWriter svg) throws XMLStreamException {
    if (mark instanceof Drawing.Area area) {
      svg.writeEmptyElement("path");
      svg.writeAttribute("d", path(area.shape()));
      svg.writeAttribute("fill", hex(area.fill()));
      svg.writeAttribute("stroke", hex(area.border()));
    } else if (mark instanceof Drawing.Line line) {
      svg.writeEmptyElement("path");
      svg.writeAttribute("d", path(line.path()));
      svg.writeAttribute("fill", "none");
      svg.writeAttribute("stroke", hex(line.color()));
      attribute(svg, "stroke-width", line.width());
      if (line.dashed()) {
        svg.writeAttribute(
            "stroke-dasharray", number(Drawing.DASHES[0]) + " " + number(Drawing.DASHES[1]));
      }
    } else if (mark instanceof Drawing.Label label) {
      svg.writeStartElement("text");
      attribute(svg, "x", label.x());
      attribute(svg, "y", label.baseline());
      attribute(svg, "font-size", label.size());
      attribute(svg, "textLength", label.width());
      svg.writeAttribute("lengthAdjust", "spacingAndGlyphs");
      svg.writeAttribute("fill", hex(label.color()));
      svg.writeCharacters(label.text());
      svg.writeEndElement();
    }
  }

  private static String path(Shape shape) {
    StringJoiner path = new StringJoiner(" ");
    double[] coordinates = new double[6];
    for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
      int segment = i.currentSegment(coordinates);
      path.add(COMMANDS.substring(segment, segment + 1));
      for (int j = 0; j < COORDINATES[segment]; j++) {
        path.add(number(coordinates[j]));
      }
    }
    return path.toString();
  }

  private static void attribute(XMLStreamWriter svg, String name, double value)
      throws XMLStreamException {
    svg.writeAttribute(name, number(value));
  }

  private static void newLine(XMLStreamWriter svg) throws XMLStreamException {
    svg.writeCharacters("\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }

  private static String hex(Color color) {
    return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF);
  }
}
