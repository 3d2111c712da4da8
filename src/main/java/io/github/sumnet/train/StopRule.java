package io.github.sumnet.train;

/**
 * When training ends: at whichever comes first. 0 stands for no limit, but one must be set.
 *
 * @param epochs passes over the samples
 * @param steps steps in all, those before a resumption included
 * @param seconds time spent training, that before a resumption included
 * @param patience evaluations in a row without a better loss
 */
public record StopRule(long epochs, long steps, double seconds, int patience) {
  /** DL4J counts steps in an int; Adam's bias correction, among others, depends on that count. */
  static final long MOST_STEPS = Integer.MAX_VALUE;

  public StopRule {
    if (epochs < 0 || steps < 0 || seconds < 0 || patience < 0) {
      throw new IllegalArgumentException("limits of training must not be negative");
    }
    if (epochs == 0 && steps == 0 && seconds == 0) {
      throw new IllegalArgumentException("training needs an end: epochs, steps or a time");
    }
  }

  /** The last step plus one, as far as steps and epochs say. */
  public long endStep(long stepsPerEpoch) {
    long byEpochs =
        epochs == 0 || epochs > Long.MAX_VALUE / stepsPerEpoch
            ? Long.MAX_VALUE
            : epochs * stepsPerEpoch;
    return Math.min(byEpochs, steps == 0 ? Long.MAX_VALUE : steps);
  }

  /** Why training is over at a position, or null if it goes on. */
  public StopReason reached(Position position, long stepsPerEpoch, double secondsTraining) {
    if (position.step() >= endStep(stepsPerEpoch)) {
      return steps != 0 && position.step() >= steps ? StopReason.STEPS : StopReason.EPOCHS;
    }
    if (position.step() >= MOST_STEPS) {
      return StopReason.STEP_LIMIT;
    }
    if (seconds != 0 && secondsTraining >= seconds) {
      return StopReason.MAX_TIME;
    }
    if (patience != 0 && position.evaluationsSinceBest() >= patience) {
      return StopReason.PATIENCE;
    }
    return null;
  }
}
