package io.github.sumnet.report;

import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Lesson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An explanation as Markdown: a table for every step. */
public final class MarkdownExplanation implements ExplanationFormat {
  @Override
  public String format(Explanation explanation) {
    ExplanationWords words = new ExplanationWords(explanation);
    List<String> lines =
        new ArrayList<>(List.of("# " + words.title(), "", "| | |", "| --- | --- |"));
    words.inputs().forEach(entry -> lines.add(row(List.of(entry.name(), code(entry.value())))));
    lines.add("");
    words
        .columns()
        .forEach(entry -> lines.add("- **" + entry.name() + "**: " + entry.value() + "."));
    for (Lesson.Step step : Lesson.of(explanation.inputs(), explanation.exact())) {
      lines.addAll(List.of("", "## " + step.title(), "", step.remark().replace("*", "\\*"), ""));
      lines.addAll(table(words, step));
    }
    lines.addAll(List.of("", "## Findings", ""));
    words.findings().forEach(finding -> lines.add("- " + finding));
    return String.join("\n", lines);
  }

  private static List<String> table(ExplanationWords words, Lesson.Step step) {
    List<String> head = new ArrayList<>(List.of("", "formula", "with numbers"));
    head.addAll(words.head());
    List<String> lines = new ArrayList<>(List.of(row(head)));
    lines.add(row(Collections.nCopies(head.size(), "---")));
    for (Lesson.Line line : step.lines()) {
      List<String> cells =
          new ArrayList<>(List.of(code(line.symbol()), code(line.formula()), code(line.numbers())));
      cells.addAll(words.cells(line.quantity()));
      lines.add(row(cells));
    }
    return lines;
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
