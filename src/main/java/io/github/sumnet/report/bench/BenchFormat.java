package io.github.sumnet.report.bench;

import io.github.sumnet.bench.result.BenchResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ways to print a benchmark's result. */
public enum BenchFormat {
  /** Tables and sentences for a terminal. */
  TEXT {
    @Override
    public String of(BenchResult result) {
      String tables =
          BenchTable.rates(result).toText()
              + "\nBeside the rate: start of the process and of ND4J, gradient check, generating and"
              + " copying the data, warm-up\n\n"
              + BenchTable.parts(result).toText();
      return (result.isAnythingMeasured() ? tables + "\n" : "")
          + lines(BenchNotes.of(result), "")
          + "\n"
          + lines(BenchAnswer.of(result), "");
    }
  },
  /** The tables and the answer as Markdown. */
  MARKDOWN {
    @Override
    public String of(BenchResult result) {
      String tables =
          BenchTable.rates(result).toMarkdown() + "\n" + BenchTable.parts(result).toMarkdown();
      return (result.isAnythingMeasured() ? tables + "\n" : "")
          + lines(BenchNotes.of(result), "- ")
          + "\n"
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
    return sentences.stream().map(line -> mark + line + "\n").collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
