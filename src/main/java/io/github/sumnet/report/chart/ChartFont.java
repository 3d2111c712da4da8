package io.github.sumnet.report.chart;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The font of charts, Liberation Sans as PDFBox brings it, on machines with fonts and without.
 *
 * <p>The chart library measures text with java.awt.Font. That asks the system's fontconfig for
 * fonts, even where the font is the program's own, and ends in an Error ("Fontconfig head is null",
 * "No physical fonts found") where there is none, as on servers and in containers. Java does not
 * ask where {@code sun.awt.fontconfig} names a font configuration, so it is given one whose only
 * font is this one. It reads that once in a JVM: before, nobody may have used an AWT font.
 */
final class ChartFont {
  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final String[] FAMILIES = {
    "dialog", "dialoginput", "sansserif", "serif", "monospaced"
  };
  private static final String[] STYLES = {"plain", "bold", "italic", "bolditalic"};

  private ChartFont() {}

  /** For what is measured: outlines, whatever the resolution. */
  static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  /** The font in a size. */
  static Font of(double size) {
    return Regular.FONT.deriveFont((float) size);
  }

  private static final class Regular {
    private static final Font FONT = load();

    private static Font load() {
      System.setProperty("java.awt.headless", "true");
      try {
        Path folder = Files.createTempDirectory("sumnet-font");
        Path font = folder.resolve("LiberationSans-Regular.ttf");
        Path configuration = folder.resolve("fontconfig.properties");
        // Deleted in reverse order. The font must stay: Java opens it again when it needs a letter.
        folder.toFile().deleteOnExit();
        font.toFile().deleteOnExit();
        configuration.toFile().deleteOnExit();
        try (InputStream resource = PDDocument.class.getResourceAsStream(RESOURCE)) {
          Files.copy(resource, font);
        }
        Files.writeString(configuration, configuration(font), StandardCharsets.ISO_8859_1);
        System.setProperty("sun.awt.fontconfig", configuration.toString());
        return new Font(Font.SANS_SERIF, Font.PLAIN, 1);
      } catch (IOException unwritable) {
        throw new UncheckedIOException(
            "cannot unpack a font into the folder for temporary files: " + unwritable.getMessage(),
            unwritable);
      }
    }

    private static String configuration(Path font) {
      StringBuilder lines = new StringBuilder("version=1\nsequence.allfonts=latin-1\n");
      for (String family : FAMILIES) {
        for (String style : STYLES) {
          lines.append(family + "." + style + ".latin-1=LiberationSans\n");
        }
      }
      return lines + "filename.LiberationSans=" + font + "\n";
    }
  }
}
