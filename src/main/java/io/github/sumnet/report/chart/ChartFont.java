package io.github.sumnet.report.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The font of pictures, Liberation Sans, on machines with fonts and without.
 *
 * <p>On Linux, Java asks the system's fontconfig for fonts even where the font is the program's
 * own, and ends in an Error ("Fontconfig head is null", "No physical fonts found") where there is
 * none, as on servers and in containers. It does not ask where {@code sun.awt.fontconfig} names a
 * font configuration, so it is given one whose only font is this one. It reads that once in a JVM:
 * before, nobody may have used an AWT font.
 */
final class ChartFont {
  /** How families are asked for in SVG: these have the widths measured here. */
  static final String FAMILIES = "Liberation Sans, Arial, Helvetica, sans-serif";

  /** For what is measured: outlines, whatever the resolution. */
  private static final FontRenderContext OUTLINES = new FontRenderContext(null, true, true);

  private ChartFont() {}

  /**
   * Loads it, unless that has been done.
   *
   * @throws ExceptionInInitializerError if it cannot be had
   */
  static void require() {
    of(1);
  }

  static Font of(double size) {
    return Regular.FONT.deriveFont((float) size);
  }

  /** How wide a text is, in units of the font's size. */
  static double width(String text, Font font) {
    return font.getStringBounds(text, OUTLINES).getWidth();
  }

  private static final class Regular {
    private static final Font FONT = load();

    private static Font load() {
      System.setProperty("java.awt.headless", "true");
      try {
        Path font = Files.createTempFile("sumnet-font", ".ttf");
        Path configuration = Files.createTempFile("sumnet-font", ".properties");
        try {
          unpack("LiberationSans-Regular.ttf", font);
          unpack("fontconfig.properties", configuration);
          Files.writeString(
              configuration, "filename.LiberationSans=" + font, StandardOpenOption.APPEND);
          if (System.getProperty("os.name").startsWith("Linux")) {
            System.setProperty("sun.awt.fontconfig", configuration.toString());
          }
          return Font.createFont(Font.TRUETYPE_FONT, font.toFile());
        } finally {
          // Java has read the one and has the other open, to read on.
          delete(font);
          delete(configuration);
        }
      } catch (IOException unwritable) {
        throw new UncheckedIOException(
            "cannot unpack a font into the folder for temporary files: " + unwritable.getMessage(),
            unwritable);
      } catch (FontFormatException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static void unpack(String resource, Path file) throws IOException {
      try (InputStream bytes = ChartFont.class.getResourceAsStream(resource)) {
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    private static void delete(Path file) {
      try {
        Files.delete(file);
      } catch (IOException open) {
        // Windows deletes no file that is open.
        file.toFile().deleteOnExit();
      }
    }
  }
}
