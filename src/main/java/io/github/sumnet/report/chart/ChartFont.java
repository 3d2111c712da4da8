package io.github.sumnet.report.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The font of pictures, Liberation Sans, on machines with fonts and without.
 *
 * <p>Java asks the system's fontconfig for fonts even where the font is the program's own, and ends
 * in an Error ("Fontconfig head is null", "No physical fonts found") where there is none, as on
 * servers and in containers. It does not ask where {@code sun.awt.fontconfig} names a font
 * configuration, so it is given one whose only font is this one. It reads that once in a JVM:
 * before, nobody may have used an AWT font.
 */
final class ChartFont {
  /** How families are asked for in SVG: these have the widths measured here. */
  static final String FAMILIES = "Liberation Sans, Arial, Helvetica, sans-serif";

  private static final String RESOURCE = "LiberationSans-Regular.ttf";

  private static final List<String> FAMILIES_OF_JAVA =
      List.of("dialog", "dialoginput", "sansserif", "serif", "monospaced");

  /** For what is measured: outlines, whatever the resolution. */
  private static final FontRenderContext OUTLINES = new FontRenderContext(null, true, true);

  private ChartFont() {}

  /** The font in a size. */
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
      List<Path> files = new ArrayList<>();
      try (InputStream resource = ChartFont.class.getResourceAsStream(RESOURCE)) {
        Path font = Files.createTempFile("sumnet-font", ".ttf");
        files.add(font);
        Files.copy(resource, font, StandardCopyOption.REPLACE_EXISTING);
        Path configuration = Files.createTempFile("sumnet-font", ".properties");
        files.add(configuration);
        Files.write(configuration, configuration(font), StandardCharsets.ISO_8859_1);
        System.setProperty("sun.awt.fontconfig", configuration.toString());
        return Font.createFont(Font.TRUETYPE_FONT, font.toFile());
      } catch (IOException unwritable) {
        throw new UncheckedIOException(
            "cannot unpack a font into the folder for temporary files: " + unwritable.getMessage(),
            unwritable);
      } catch (FontFormatException impossible) {
        throw new IllegalStateException(impossible);
      } finally {
        files.forEach(Regular::delete);
      }
    }

    /** Java has read the configuration, and has the font's file open: it reads on. */
    private static void delete(Path file) {
      try {
        Files.delete(file);
      } catch (IOException stillOpen) {
        // Windows deletes no file that is open.
        file.toFile().deleteOnExit();
      }
    }

    private static List<String> configuration(Path font) {
      List<String> lines = new ArrayList<>(List.of("version=1", "sequence.allfonts=latin-1"));
      for (String family : FAMILIES_OF_JAVA) {
        for (String style : List.of("plain", "bold", "italic", "bolditalic")) {
          lines.add(family + "." + style + ".latin-1=LiberationSans");
        }
      }
      lines.add("filename.LiberationSans=" + font);
      return lines;
    }
  }
}
