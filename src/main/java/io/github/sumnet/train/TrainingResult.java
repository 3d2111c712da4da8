package io.github.sumnet.train;

import io.github.sumnet.engine.Transfers;
import io.github.sumnet.network.Weights;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param finalLoss half mean squared error over the held-out samples at the end
 * @param position where it ended
 * @param samples how many samples all steps took, those before a resumption included
 * @param weights the weights at the end
 * @param stopReason why it ended
 * @param secondsTraining time from the first step to the last in this process, evaluations and
 *     checkpoints included
 * @param samplesPerSecond this process's samples divided by that time
 * @param spotChecks how many times the engine was checked beside DL4J while it trained
 * @param worstSpotErrorOverBound the largest error that was found, in units of its bound
 * @param transfers what this process's steps and evaluations sent to and fetched from the device;
 *     empty where that is not measured
 */
public record TrainingResult(
    double finalLoss,
    Position position,
    long samples,
    Weights weights,
    StopReason stopReason,
    double secondsTraining,
    double samplesPerSecond,
    int spotChecks,
    double worstSpotErrorOverBound,
    Optional<Transfers> transfers) {
  /** Root mean squared error: of the whole squared error, without the ½. */
  public double rmse() {
    return Math.sqrt(2 * finalLoss);
  }
}
