package io.github.sumnet.report;

import io.github.sumnet.device.CudaProblem;
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
    if (!diagnosis.problems().isEmpty()) {
      lines.addAll(List.of("", "What keeps CUDA from being used"));
    }
    int number = 1;
    for (CudaProblem problem : diagnosis.problems()) {
      lines.add("  " + number++ + ". " + problem.summary());
      lines.add("     " + problem.fix());
    }
    lines.addAll(List.of("", NOT_VERIFIED));
    return String.join(System.lineSeparator(), lines);
  }
}
