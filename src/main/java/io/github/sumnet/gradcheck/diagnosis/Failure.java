package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Component;
import java.math.BigDecimal;
import java.util.List;

/**
 * The root of a failed check: on the smallest batch that still shows it, or as it was seen where it
 * did not show again.
 *
 * @param stage the first wrong stage; what follows it may be its consequence
 * @param design the design that it was found in
 * @param reproducible whether it showed whenever the case was repeated; if not, all that follows is
 *     from the run that failed
 * @param suspicion what the pattern of the errors suggests
 * @param weights the weights that the case starts from
 * @param steps its steps, each of one or more chunks of samples
 * @param step the step that goes wrong, from 0
 * @param components every comparison of the first wrong stage of that step
 * @param gradient every comparison of the mean gradient of that step
 * @param independent the independent derivatives of the mean loss in the order of the weights'
 *     names; empty if they are out of reach
 * @param worstSample the sample that is furthest off
 */
@SuppressWarnings("ArrayRecordComponent") // never compared with another
public record Failure(
    Stage stage,
    String design,
    boolean reproducible,
    Suspicion suspicion,
    double[] weights,
    List<Samples> steps,
    int step,
    List<Component> components,
    List<Component> gradient,
    List<BigDecimal> independent,
    WorstSample worstSample) {
  /** How many samples the case has. */
  public int samples() {
    return steps.stream().mapToInt(Samples::size).sum();
  }
}
