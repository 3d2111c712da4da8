package io.github.sumnet.train;

/**
 * How far a run is on its way to its end, and how long the rest will take if it goes on as in this
 * process.
 *
 * @param stop when it ends
 * @param stepsPerEpoch how many steps an epoch has
 * @param begin where this process began
 */
public record Pace(StopRule stop, long stepsPerEpoch, Position begin) {
  /** The last step plus one, or {@link Long#MAX_VALUE} if only time or losses end the run. */
  public long endStep() {
    return stop.endStep(stepsPerEpoch);
  }

  /** Which part is done, from 0 to 1: of the steps or of the time, whichever is the larger. */
  public double share(long step, double secondsTraining) {
    double ofSteps = endStep() == Long.MAX_VALUE ? 0 : (double) step / endStep();
    double ofTime = stop.seconds() == 0 ? 0 : secondsTraining / stop.seconds();
    return Math.min(1, Math.max(ofSteps, ofTime));
  }

  /** The seconds to the end; infinite as long as nothing is known of the pace. */
  public double secondsLeft(long step, double secondsTraining) {
    double perStep = (secondsTraining - begin.secondsTraining()) / (step - begin.step());
    double bySteps =
        endStep() == Long.MAX_VALUE || step == begin.step()
            ? Double.POSITIVE_INFINITY
            : (endStep() - step) * perStep;
    double byTime =
        stop.seconds() == 0 ? Double.POSITIVE_INFINITY : stop.seconds() - secondsTraining;
    return Math.max(0, Math.min(bySteps, byTime));
  }
}
