package io.github.sumnet.report;

import io.github.sumnet.device.DeviceProblem;
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
    addProblems("What keeps CUDA from being used:", diagnosis.problems(), lines);
    addProblems("What keeps OpenCL from a GPU:", diagnosis.openClProblems(), lines);
    lines.addAll(List.of("", OPENCL_NOT_VERIFIED, "", NOT_VERIFIED));
    return String.join("\n", lines);
  }

  private static void addProblems(String title, List<DeviceProblem> problems, List<String> lines) {
    if (problems.isEmpty()) {
      return;
    }
    lines.addAll(List.of("", title, ""));
    int number = 1;
    for (DeviceProblem problem : problems) {
      lines.add(number++ + ". " + escape(problem.summary()) + ". " + escape(problem.fix()));
    }
  }

  /** Keeps a table's cells and the words in them what they are. */
  private static String escape(String text) {
    return text.replaceAll("([\\\\|*_<>`])", "\\\\$1").replaceAll("\\R", " ");
  }
}
