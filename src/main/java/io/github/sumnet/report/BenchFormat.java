package io.github.sumnet.report;

import io.github.sumnet.bench.BenchResult;
import java.util.List;
import java.util.Locale;

/** The ways to print a benchmark's result. */
public enum BenchFormat {
  /** Tables and sentences for a terminal. */
  TEXT {
    @Override
    public String of(BenchResult result) {
      return BenchTable.rates(result).toText()
          + "\nBeside the rate: start of the process and of ND4J, gradient check, generating and"
          + " copying the data, warm-up\n\n"
          + BenchTable.parts(result).toText()
          + lines(BenchNotes.of(result), "")
          + lines(BenchAnswer.of(result), "");
    }
  },
  /** The same for a page. */
  MARKDOWN {
    @Override
    public String of(BenchResult result) {
      return BenchTable.rates(result).toMarkdown()
          + "\n"
          + BenchTable.parts(result).toMarkdown()
          + lines(BenchNotes.of(result), "- ")
          + lines(BenchAnswer.of(result), "- ");
    }
  },
  /** A line a row. */
  CSV {
    @Override
    public String of(BenchResult result) {
      return BenchCsv.of(result);
    }
  },
  /** Everything, raw measurements as well: what {@code bench.json} holds. */
  JSON {
    @Override
    public String of(BenchResult result) {
      return result.toJson() + "\n";
    }
  };

  /** The whole output. */
  public abstract String of(BenchResult result);

  private static String lines(List<String> sentences, String mark) {
    StringBuilder text = new StringBuilder();
    for (String sentence : sentences) {
      text.append(text.isEmpty() ? "\n" : "").append(mark).append(sentence).append('\n');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
