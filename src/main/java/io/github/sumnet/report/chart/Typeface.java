package io.github.sumnet.report.chart;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Liberation Sans, whose letters are as wide as Arial's and Helvetica's. It comes with PDFBox and
 * is read in plain Java: java.awt.Font, even with a font of one's own, ends in an InternalError
 * where the system has no fonts or no fontconfig, as on a server or in a container.
 */
final class Typeface {
  /** How families are asked for in SVG: these have the widths measured here. */
  static final String FAMILIES = "Liberation Sans, Arial, Helvetica, sans-serif";

  /** Of the size: how far letters reach above the baseline and below it. */
  static final double ASCENT = 0.905;

  static final double DESCENT = 0.212;

  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private final TrueTypeFont font;
  private final CmapLookup glyphs;
  private final double unitsPerEm;

  private Typeface(TrueTypeFont font) throws IOException {
    this.font = font;
    glyphs = font.getUnicodeCmapLookup();
    unitsPerEm = font.getUnitsPerEm();
  }

  /** Reads the font. */
  static Typeface load() {
    try (InputStream resource = PDDocument.class.getResourceAsStream(RESOURCE)) {
      return new Typeface(new TTFParser().parse(new RandomAccessReadBuffer(resource)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(RESOURCE, unreadable);
    }
  }

  /** How wide a text is in a size. */
  double width(String text, double size) {
    return text.codePoints().mapToDouble(this::advance).sum() * size / unitsPerEm;
  }

  /** The letters of a text as a shape, to be filled. */
  Path2D outline(String text, double x, double baseline, double size) {
    Path2D outline = new Path2D.Double();
    double scale = size / unitsPerEm;
    double pen = x;
    for (int letter : text.codePoints().toArray()) {
      AffineTransform place = AffineTransform.getTranslateInstance(pen, baseline);
      place.scale(scale, -scale);
      outline.append(glyph(letter).getPathIterator(place), false);
      pen += advance(letter) * scale;
    }
    return outline;
  }

  private Path2D glyph(int letter) {
    try {
      GlyphData glyph = font.getGlyph().getGlyph(id(letter));
      return glyph == null ? new Path2D.Double() : glyph.getPath();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private double advance(int letter) {
    try {
      return font.getAdvanceWidth(id(letter));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private int id(int letter) {
    int id = glyphs.getGlyphId(letter);
    if (id == 0) {
      throw new IllegalArgumentException("no glyph for " + Character.toString(letter));
    }
    return id;
  }
}
