package io.github.sumnet.train;

/**
 * Where a run is. Together with the plan, the weights and the updater's state it determines all
 * that follows.
 *
 * @param step how many steps have been taken
 * @param bestLoss the smallest held-out loss so far; infinite before the first evaluation
 * @param evaluationsSinceBest how many evaluations have been made since
 * @param secondsTraining how long training has taken so far
 */
public record Position(
    long step, double bestLoss, int evaluationsSinceBest, double secondsTraining) {
  /** Before the first step. */
  public static final Position START = new Position(0, Double.POSITIVE_INFINITY, 0, 0);

  Position afterSteps(long newStep, double newSecondsTraining) {
    return new Position(newStep, bestLoss, evaluationsSinceBest, newSecondsTraining);
  }

  Position afterEvaluation(double loss) {
    return loss < bestLoss
        ? new Position(step, loss, 0, secondsTraining)
        : new Position(step, bestLoss, evaluationsSinceBest + 1, secondsTraining);
  }
}
