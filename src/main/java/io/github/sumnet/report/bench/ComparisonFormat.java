package io.github.sumnet.report.bench;

import io.github.sumnet.bench.result.Comparison;
import java.util.Locale;

/** The ways to print a comparison of two benchmarks. */
public enum ComparisonFormat {
  /** A table and sentences for a terminal. */
  TEXT {
    @Override
    public String of(Comparison comparison) {
      return ComparisonTable.of(comparison).toText() + sentences(comparison, "");
    }
  },
  /** The table as Markdown. */
  MARKDOWN {
    @Override
    public String of(Comparison comparison) {
      return ComparisonTable.of(comparison).toMarkdown() + sentences(comparison, "- ");
    }
  },
  /** Every number. */
  JSON {
    @Override
    public String of(Comparison comparison) {
      return ComparisonJson.of(comparison) + "\n";
    }
  };

  /** The whole output. */
  public abstract String of(Comparison comparison);

  private static String sentences(Comparison comparison, String mark) {
    StringBuilder text = new StringBuilder("\n");
    for (String sentence : ComparisonTable.sentences(comparison)) {
      text.append(mark).append(sentence).append('\n');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
