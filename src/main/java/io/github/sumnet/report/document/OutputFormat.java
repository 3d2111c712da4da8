package io.github.sumnet.report.document;

import java.util.Locale;

/** The formats that results are printed in. */
public enum OutputFormat {
  /** For a terminal of 100 columns. */
  TEXT {
    @Override
    public String of(Report result) {
      return TextRenderer.render(result.document());
    }
  },
  /** To paste into an issue. */
  MARKDOWN {
    @Override
    public String of(Report result) {
      return MarkdownRenderer.render(result.document());
    }
  },
  /** Tables, one below the other. */
  CSV {
    @Override
    public String of(Report result) {
      return CsvRenderer.render(result.tables());
    }
  },
  /** One document with every number. */
  JSON {
    @Override
    public String of(Report result) {
      return Json.write(result.json()) + "\n";
    }
  },
  /** A page that is one file. */
  HTML {
    @Override
    public String of(Report result) {
      return HtmlRenderer.render(result.page());
    }
  },
  /** Test results for a CI server; only checks have them. */
  JUNIT {
    @Override
    public String of(Report result) {
      return JUnitRenderer.render(result.title(), result.suites());
    }
  };

  /** The whole output, with a line break at its end. */
  public abstract String of(Report result);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
