package io.github.sumnet.report.document;

import java.util.Locale;
import java.util.function.Function;

/** The formats that results are printed in. */
public enum OutputFormat {
  /** For a terminal of 100 columns. */
  TEXT(result -> TextRenderer.render(result.document())),
  /** To paste into an issue. */
  MARKDOWN(result -> MarkdownRenderer.render(result.document())),
  /** Tables, one below the other. */
  CSV(result -> CsvRenderer.render(result.tables())),
  /** One document with every number. */
  JSON(result -> Json.write(result.json()) + "\n"),
  /** A page that is one file. */
  HTML(result -> HtmlRenderer.render(result.page())),
  /** Test results for a CI server; only checks have them. */
  JUNIT(result -> JUnitRenderer.render(result.title(), result.suites()));

  private final Function<Report, String> renderer;

  OutputFormat(Function<Report, String> renderer) {
    this.renderer = renderer;
  }

  /** The whole output, with a line break at its end. */
  public String of(Report result) {
    return renderer.apply(result);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
