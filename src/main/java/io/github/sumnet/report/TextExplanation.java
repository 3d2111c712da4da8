package io.github.sumnet.report;

import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Lesson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An explanation for a terminal of 100 columns, to be read from top to bottom. */
public final class TextExplanation implements ExplanationFormat {
  private static final int COLUMNS = 100;

  @Override
  public String format(Explanation explanation) {
    ExplanationWords words = new ExplanationWords(explanation);
    List<String> lines = new ArrayList<>(List.of(words.title(), ""));
    words.inputs().forEach(entry -> lines.addAll(labelled(entry.name(), entry.value())));
    lines.add("");
    words.columns().forEach(entry -> lines.addAll(labelled(entry.name(), entry.value())));
    for (Lesson.Step step : Lesson.of(explanation.inputs(), explanation.exact())) {
      lines.addAll(List.of("", step.title(), "  " + step.remark(), ""));
      lines.add(row(words.head()));
      for (Lesson.Line line : step.lines()) {
        lines.addAll(
            wrapped(
                "  " + line.symbol() + " ",
                List.of((line.formula() + " = " + line.numbers()).split(" (?=[+=] )", -1))));
        lines.add(row(words.cells(line.quantity())));
      }
    }
    lines.add("");
    words.findings().forEach(finding -> lines.addAll(wrapped("", List.of(finding.split(" ", -1)))));
    return String.join(System.lineSeparator(), lines);
  }

  private static String row(List<String> cells) {
    return String.format(
            Locale.ROOT,
            "    %-26s%-26s%6s  %s",
            cells.get(0),
            cells.get(1),
            cells.get(2),
            cells.size() > 3 ? cells.get(3) : "")
        .stripTrailing();
  }

  private static List<String> labelled(String name, String value) {
    return wrapped(
        String.format(Locale.ROOT, "  %-12s", name),
        List.of(value.split(" (?![=≈])(?<![=≈] )", -1)));
  }

  /** Pieces of text side by side, below one another where the line is full. */
  private static List<String> wrapped(String start, List<String> pieces) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(start);
    boolean empty = true;
    for (String piece : pieces) {
      if (!empty && line.length() + 1 + piece.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(start.length()));
        empty = true;
      }
      line.append(empty ? "" : " ").append(piece);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
