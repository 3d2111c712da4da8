package io.github.sumnet.train;

import io.github.sumnet.data.Slicing;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;

/**
 * Everything that determines a run but the samples themselves.
 *
 * @param topology the network
 * @param precision the precision it is trained in
 * @param seed what initial weights, samples and check designs are drawn from
 * @param init where the weights start
 * @param slicing how the samples are cut into steps
 * @param updater how a gradient becomes a step
 * @param stop when training ends
 * @param evaluateEvery how many steps lie between two evaluations on held-out samples, at least 1
 * @param logEvery how many steps lie between two measurements of the training loss, at least 1
 * @param checkpointEvery how far checkpoints are apart
 */
public record TrainingPlan(
    Topology topology,
    Precision precision,
    long seed,
    Init init,
    Slicing slicing,
    UpdaterConfig updater,
    StopRule stop,
    long evaluateEvery,
    long logEvery,
    Interval checkpointEvery) {
  public TrainingPlan {
    if (evaluateEvery < 1 || logEvery < 1) {
      throw new IllegalArgumentException("evaluations and measurements need a step between them");
    }
    long end = stop.endStep(slicing.stepsPerEpoch());
    if (end > StopRule.MOST_STEPS && end != Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          "this would take %s steps, and DL4J counts no further than %s; use a larger batch"
              .formatted(end, StopRule.MOST_STEPS));
    }
  }
}
