package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.Interval;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Errors that are one unknown number times something known: the values themselves, the weights, the
 * last change. Every value narrows the number down to an interval, and all of them have to meet.
 *
 * @param cause what such errors come from
 * @param what what the number is a share of, in words
 * @param scales whether rounding errors grow with the values
 * @param direction what the number is multiplied with, for every value of a stage; null where the
 *     fault cannot happen
 */
record ConstantShare(
    Cause cause,
    String what,
    boolean scales,
    BiFunction<AlternativeStep, Stage, double[]> direction) {
  static final List<ConstantShare> ALL =
      List.of(
          new ConstantShare(
              Cause.MOMENTUM, "the previous change", false, ConstantShare::lastChange),
          new ConstantShare(Cause.WEIGHT_DECAY, "the weights", false, ConstantShare::weights),
          new ConstantShare(Cause.CONSTANT_FACTOR, "the true value", true, ConstantShare::values));

  /** Any two numbers lie on a line with a fault in one parameter; the third is the proof. */
  private static final int FEWEST = 3;

  /** The number of values that do not agree by chance. */
  private static final int MANY = 16;

  /** Of a bound: the last change is itself known to rounding only. */
  private static final double LEEWAY = 4;

  /** The explanation, if it is one for all these steps. */
  Optional<Suspicion> explain(Stage stage, List<AlternativeStep> steps) {
    Interval share = Interval.ANYWHERE;
    int wrong = 0;
    boolean telling = false;
    for (AlternativeStep step : steps) {
      double[] along = direction.apply(step, stage);
      if (along == null) {
        if (step.wrong(stage).length > 0) {
          return Optional.empty();
        }
        continue;
      }
      for (int i = 0; i < along.length && !share.isEmpty(); i++) {
        Interval here = allowed(step, stage, i, along[i]);
        share = share.and(here);
        // Errors of a few bounds are as likely noise, unless one stands out or many agree.
        telling |= step.isWrong(stage, i) && here.standsOut();
      }
      wrong += step.wrong(stage).length;
    }
    return wrong >= (telling ? FEWEST : MANY) && !share.isEmpty() && share.isTelling()
        ? Optional.of(
            new Suspicion(cause, String.format(Locale.ROOT, "%.4g of %s", share.middle(), what)))
        : Optional.empty();
  }

  private Interval allowed(AlternativeStep step, Stage stage, int i, double along) {
    double bound = step.bound(stage, i);
    if (bound == Double.POSITIVE_INFINITY || (along == 0 && !step.isWrong(stage, i))) {
      return Interval.ANYWHERE;
    }
    double error = step.seen(stage, i) - step.truth(stage, i);
    double growth = scales ? Math.max(1, Math.abs(1 + error / along)) : 1;
    double reach = bound * growth + step.model().gamma(2) * Math.abs(error);
    return Interval.around(error, LEEWAY * reach, along);
  }

  private static double[] lastChange(AlternativeStep step, Stage stage) {
    Evidence previous = step.evidence().previous();
    if (previous == null || stage != Stage.UPDATE) {
      return null;
    }
    double[] change = previous.seen().at(Stage.UPDATE).clone();
    double[] before = previous.before().toArray();
    for (int k = 0; k < change.length; k++) {
      change[k] -= before[k];
    }
    return change;
  }

  private static double[] weights(AlternativeStep step, Stage stage) {
    return stage == Stage.MEAN || stage == Stage.UPDATE ? step.evidence().before().toArray() : null;
  }

  private static double[] values(AlternativeStep step, Stage stage) {
    double[] values = new double[step.size(stage)];
    for (int i = 0; i < values.length; i++) {
      values[i] = step.truth(stage, i) - step.origin(stage, i);
    }
    return values;
  }
}
