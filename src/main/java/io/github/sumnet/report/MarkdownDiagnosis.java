package io.github.sumnet.report;

import io.github.sumnet.device.CudaProblem;
import io.github.sumnet.device.Diagnosis;
import java.util.ArrayList;
import java.util.List;

/** A diagnosis to paste into an issue. */
public final class MarkdownDiagnosis implements DiagnosisFormat {
  @Override
  public String format(Diagnosis diagnosis) {
    List<String> lines = new ArrayList<>(List.of("**" + escape(diagnosis.verdict()) + "**"));
    for (DiagnosisSection section : DiagnosisSection.of(diagnosis)) {
      lines.addAll(List.of("", "| " + section.title() + " | |", "| --- | --- |"));
      section.entries().stream()
          .map(entry -> "| " + escape(entry.name()) + " | " + escape(entry.value()) + " |")
          .forEach(lines::add);
    }
    if (!diagnosis.problems().isEmpty()) {
      lines.addAll(List.of("", "What keeps CUDA from being used:", ""));
    }
    int number = 1;
    for (CudaProblem problem : diagnosis.problems()) {
      lines.add(number++ + ". " + escape(problem.summary()) + ". " + escape(problem.fix()));
    }
    lines.addAll(List.of("", NOT_VERIFIED));
    return String.join("\n", lines);
  }

  /** Keeps a table's cells and the words in them what they are. */
  private static String escape(String text) {
    return text.replaceAll("([\\\\|*_<>`])", "\\\\$1").replaceAll("\\R", " ");
  }
}
