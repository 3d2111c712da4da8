package io.github.sumnet.train;

import io.github.sumnet.engine.Transfers;
import io.github.sumnet.network.Weights;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param heldOut how well the network does on the held-out samples at the end
 * @param begin where this run began: where the one that it continues had come to
 * @param position where it ended
 * @param samples how many samples this run's steps took
 * @param totalSamples those of the runs that it continues included
 * @param weights the weights at the end
 * @param stopReason why it ended
 * @param secondsTraining this run's time from its first step to its last, evaluations and
 *     checkpoints included
 * @param steady how fast it was in the end; empty after few steps
 * @param spotChecks how many times the engine was checked beside DL4J while it trained
 * @param worstSpotErrorOverBound the largest error that was found, in units of its bound
 * @param transfers what this process's steps and evaluations sent to and fetched from the device;
 *     empty where that is not measured
 */
public record TrainingResult(
    Evaluation heldOut,
    Position begin,
    Position position,
    long samples,
    long totalSamples,
    Weights weights,
    StopReason stopReason,
    double secondsTraining,
    Optional<SteadyRate> steady,
    int spotChecks,
    double worstSpotErrorOverBound,
    Optional<Transfers> transfers) {
  /** How many steps this run took. */
  public long steps() {
    return position.step() - begin.step();
  }

  /** This run's rate. */
  public double samplesPerSecond() {
    return samples / secondsTraining;
  }

  /** Half mean squared error over the held-out samples at the end. */
  public double finalLoss() {
    return heldOut.loss();
  }
}
