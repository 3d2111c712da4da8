package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Component;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.gradcheck.verdict.StageResult;
import java.util.List;

/**
 * The first step of a design in which something is wrong.
 *
 * @param design the case
 * @param step the step that went wrong, from 0
 * @param evidence what was computed in it
 * @param stages the comparisons of that step
 */
public record FirstWrongStep(Design design, int step, Evidence evidence, List<StageResult> stages) {
  /** The first step in which the stage is the first wrong one; null if there is none. */
  public static FirstWrongStep of(Judge judge, Stage stage, Design design, List<Evidence> steps) {
    for (int step = 0; step < steps.size(); step++) {
      List<StageResult> stages = judge.compare(step, steps.get(step));
      for (StageResult result : stages) {
        if (result.isWrong()) {
          return result.stage().equals(stage)
              ? new FirstWrongStep(design, step, steps.get(step), stages)
              : null;
        }
      }
    }
    return null;
  }

  /** The comparisons of a stage. */
  List<Component> components(Stage stage) {
    return stages.stream()
        .filter(result -> result.stage().equals(stage))
        .findFirst()
        .orElseThrow()
        .components();
  }
}
