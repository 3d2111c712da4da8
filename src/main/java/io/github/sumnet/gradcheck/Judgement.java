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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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
    CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
    for (Design design : designs) {
      List<Evidence> steps = judge.watch(design, subject);
      // One at a time, beside the subject, which computes the next design: evidence can be large.
      join(before);
      before =
          CompletableFuture.runAsync(
              () -> {
                DesignResult result = judge.judge(design, steps);
                results.add(result);
                if (result.firstWrong().isPresent()) {
                  failing.put(design, steps);
                }
              });
    }
    join(before);
    Optional<Stage> wrong = GradientReport.firstWrongStage(results);
    return new Judgement(
        results, wrong.isEmpty() ? null : failure(judge, subject, wrong.get(), failing));
  }

  private static void join(CompletableFuture<Void> judging) {
    try {
      judging.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failed.getCause();
    }
  }

  private static Failure failure(
      Judge judge, Subject subject, Stage stage, Map<Design, List<Evidence>> failing)
      throws InterruptedException {
    List<FirstWrongStep> firstWrongSteps = new ArrayList<>();
    for (Map.Entry<Design, List<Evidence>> entry : failing.entrySet()) {
      FirstWrongStep step = FirstWrongStep.of(judge, stage, entry.getKey(), entry.getValue());
      if (step != null) {
        firstWrongSteps.add(step);
      }
    }
    return Investigation.of(judge, subject, stage, firstWrongSteps);
  }
}
