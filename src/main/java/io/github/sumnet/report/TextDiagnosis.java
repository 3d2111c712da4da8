package io.github.sumnet.report;

import io.github.sumnet.device.DeviceProblem;
import io.github.sumnet.device.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A diagnosis for a terminal. */
public final class TextDiagnosis implements DiagnosisFormat {
  @Override
  public String format(Diagnosis diagnosis) {
    List<String> lines = new ArrayList<>(List.of(diagnosis.verdict()));
    for (DiagnosisSection section : DiagnosisSection.of(diagnosis)) {
      lines.addAll(List.of("", section.title()));
      section.entries().stream()
          .map(entry -> String.format(Locale.ROOT, "  %-20s  %s", entry.name(), entry.value()))
          .forEach(lines::add);
    }
    addProblems("What keeps CUDA from being used", diagnosis.problems(), lines);
    addProblems("What keeps OpenCL from a GPU", diagnosis.openClProblems(), lines);
    lines.addAll(List.of("", OPENCL_NOT_VERIFIED, NOT_VERIFIED));
    return String.join(System.lineSeparator(), lines);
  }

  private static void addProblems(String title, List<DeviceProblem> problems, List<String> lines) {
    if (problems.isEmpty()) {
      return;
    }
    lines.addAll(List.of("", title));
    int number = 1;
    for (DeviceProblem problem : problems) {
      lines.add("  " + number++ + ". " + problem.summary());
      lines.add("     " + problem.fix());
    }
  }
}
