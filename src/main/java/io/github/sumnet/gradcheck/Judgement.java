package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.diagnosis.FirstWrongStep;
import io.github.sumnet.gradcheck.diagnosis.Investigation;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.Judge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What came out of several designs.
 *
 * @param results one for each design
 * @param failure the root of the failure; null if nothing is wrong
 */
record Judgement(List<DesignResult> results, Failure failure) {
  /** Judges a subject on each design; where it fails, finds out about it. */
  static Judgement of(Judge judge, Subject subject, List<Design> designs)
      throws InterruptedException {
    List<DesignResult> results = new ArrayList<>();
    Map<Design, List<Evidence>> failing = new LinkedHashMap<>();
    for (Design design : designs) {
      List<Evidence> steps = judge.watch(design, subject);
      DesignResult result = judge.judge(design, steps);
      results.add(result);
      if (result.firstWrong().isPresent()) {
        failing.put(design, steps);
      }
    }
    Optional<Stage> wrong = GradientReport.firstWrongStage(results);
    return new Judgement(
        results, wrong.isEmpty() ? null : failure(judge, subject, wrong.get(), failing));
  }

  private static Failure failure(
      Judge judge, Subject subject, Stage stage, Map<Design, List<Evidence>> failing)
      throws InterruptedException {
    List<FirstWrongStep> firstWrongSteps =
        failing.entrySet().stream()
            .map(entry -> FirstWrongStep.of(judge, stage, entry.getKey(), entry.getValue()))
            .filter(Objects::nonNull)
            .toList();
    return Investigation.of(judge, subject, stage, firstWrongSteps);
  }
}
