package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.arithmetic.Approximation;
import io.github.sumnet.gradcheck.arithmetic.BoundedArithmetic;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.fault.Changes;
import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Operations;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Stage.Kind;
import io.github.sumnet.gradcheck.step.TrainingStep;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Faults with an unknown: a factor, a limit, a bias, the number of samples that went into a sum.
 * The unknown is fitted to what was seen; whether the fault accounts for all of it is found out by
 * computing the step with it.
 */
final class Fits {
  /** Any two numbers lie on a line with a fault in one parameter; the third is the proof. */
  private static final int FEWEST = 3;

  /** The number of values that do not agree by chance. */
  private static final int MANY = 16;

  /** One value is always at some limit. */
  private static final int FEWEST_AT_A_LIMIT = 2;

  private Fits() {}

  /** A fault with its unknown fitted, for each step where it can have happened. */
  record Fit(Suspicion suspicion, Function<FailingStage, Stream<Operations>> change) {}

  /** Whether tiny values were taken for 0: smaller than what rounding does to 1. */
  static boolean areTinyValuesZero(FailingStage step) {
    double tiny = step.model().gamma(1);
    return !step.stage().equals(Stage.UPDATE)
        && Arrays.stream(step.wrong())
            .allMatch(i -> step.seen(i) == 0 && Math.abs(step.truth(i)) < tiny);
  }

  /** Whether wrong values are floats among doubles, as far off as a float computation would be. */
  static boolean areFloats(FailingStage step) {
    Evidence evidence = step.evidence();
    if (evidence.precision() != Precision.DOUBLE) {
      return false;
    }
    Map<Stage, double[]> bounds = evidence.bounds(BoundedArithmetic.FLOAT);
    return Arrays.stream(step.wrong())
        .allMatch(
            i ->
                step.seen(i) == (float) step.seen(i)
                    && step.error(i) <= bounds.get(step.stage())[i]);
  }

  /** Values that end at a limit: every wrong one has the limit's very value. */
  static Stream<Fit> limits(List<FailingStage> steps) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    int wrong = 0;
    for (FailingStage step : steps) {
      for (int i : step.wrong()) {
        if (step.seen(i) > step.truth(i)) {
          low = Math.max(low, step.seen(i));
        } else {
          high = Math.min(high, step.seen(i));
        }
        wrong++;
      }
    }
    double least = low;
    double most = high;
    boolean atLimits =
        steps.stream()
            .allMatch(
                step ->
                    Arrays.stream(step.wrong())
                        .allMatch(i -> step.seen(i) == least || step.seen(i) == most));
    return wrong >= FEWEST_AT_A_LIMIT && least < most && atLimits
        ? Stream.of(fit(Cause.CLIPPED, "", Changes.clipped(least, most)))
        : Stream.empty();
  }

  private static Fit fit(Cause cause, String detail, Operations change) {
    return new Fit(new Suspicion(cause, detail), step -> Stream.of(change));
  }

  /** An unknown that all steps share, or each step has for itself, and how well it is known. */
  private static Approximation ratio(FailingStage step, int i, double along, boolean scales) {
    double error = step.seen(i) - step.truth(i);
    double growth = scales ? Math.max(1, Math.abs(1 + error / along)) : 1;
    double reach = step.bound(i) * growth + step.model().gamma(2) * Math.abs(error);
    return new Approximation(error / along, FailingStage.LEEWAY * reach / Math.abs(along));
  }

  private static Optional<Approximation> best(Stream<Approximation> known) {
    return known
        .filter(x -> Double.isFinite(x.value()) && Double.isFinite(x.error()))
        .min(Comparator.comparingDouble(Approximation::error));
  }

  /**
   * The same amount added to a unit's weighted input for every sample of a step. One sample alone
   * would go with any bias.
   */
  static Stream<Fit> biases(List<FailingStage> steps) {
    FailingStage first = steps.get(0);
    boolean shows = steps.stream().anyMatch(step -> !step.isRight() && samples(step) > 1);
    return first.stage().kind() == Kind.FORWARD && shows
        ? Stream.of(
            new Fit(
                Suspicion.of(Cause.BIAS), step -> Stream.of(Changes.biased(new FittedBias(step)))))
        : Stream.empty();
  }

  private static int samples(FailingStage step) {
    return step.step().size();
  }

  private static final class FittedBias implements Changes.Bias {
    private final List<Approximation> biases = new ArrayList<>();

    FittedBias(FailingStage step) {
      int units = step.network().units(step.stage().layer());
      for (int unit = 0; unit < units; unit++) {
        int j = unit;
        IntStream places = IntStream.range(0, samples(step)).map(i -> 2 * i * units + j);
        boolean wrong =
            IntStream.range(0, samples(step))
                .anyMatch(
                    i -> step.isWrong(2 * i * units + j) || step.isWrong((2 * i + 1) * units + j));
        biases.add(
            wrong
                ? best(places.mapToObj(i -> ratio(step, i, 1, false)))
                    .orElse(Approximation.exact(0))
                : Approximation.exact(0));
      }
    }

    @Override
    public <T> T of(TrainingStep<T> step, int layer, int unit) {
      return step.math().about(biases.get(unit).value(), biases.get(unit).error());
    }
  }

  /** What errors may be one unknown number times. */
  private enum Share {
    LAST_CHANGE(Cause.MOMENTUM, "the previous change", Kind.UPDATE) {
      @Override
      double along(FailingStage step, int i) {
        Evidence last = step.evidence().previous();
        return last == null ? 0 : last.seen().at(Stage.UPDATE)[i] - last.before()[i];
      }

      @Override
      Operations change(Approximation s) {
        return Changes.momentum(s.value(), s.error());
      }
    },
    WEIGHTS(Cause.WEIGHT_DECAY, "the weights", Kind.MEAN, Kind.UPDATE) {
      @Override
      double along(FailingStage step, int i) {
        return step.evidence().before()[i];
      }

      @Override
      Operations change(Approximation s) {
        return Changes.plusWeight(s.value(), s.error());
      }
    },
    VALUES(Cause.CONSTANT_FACTOR, "the true value", Kind.values()) {
      @Override
      double along(FailingStage step, int i) {
        boolean isUpdate = step.stage().equals(Stage.UPDATE);
        return step.truth(i) - (isUpdate ? step.evidence().before()[i] : 0);
      }

      @Override
      Operations change(Approximation s) {
        return Changes.times(1 + s.value(), s.error());
      }
    };

    private final Cause cause;
    private final String what;
    private final List<Kind> kinds;

    Share(Cause cause, String what, Kind... kinds) {
      this.cause = cause;
      this.what = what;
      this.kinds = List.of(kinds);
    }

    /** What the number is multiplied with to give a value's error. */
    abstract double along(FailingStage step, int i);

    abstract Operations change(Approximation share);

    /**
     * The fault with the share that fits the value that says most. Errors of a few bounds are as
     * likely noise, unless one stands out or many agree.
     */
    Optional<Fit> fit(List<FailingStage> steps) {
      int wrong = steps.stream().mapToInt(step -> step.wrong().length).sum();
      List<Approximation> known =
          steps.stream()
              .flatMap(
                  step ->
                      Arrays.stream(step.wrong())
                          .mapToObj(i -> ratio(step, i, along(step, i), this == VALUES)))
              .toList();
      boolean standsOut = known.stream().anyMatch(x -> 2 * x.error() < Math.abs(x.value()) / 4);
      return best(known.stream())
          .filter(share -> 2 * share.error() < Math.abs(share.value()) / 2)
          .filter(share -> wrong >= (standsOut ? FEWEST : MANY))
          .map(
              share ->
                  Fits.fit(
                      cause,
                      String.format(Locale.ROOT, "%.4g of %s", share.value(), what),
                      change(share)));
    }
  }

  static Stream<Fit> shares(List<FailingStage> steps) {
    Kind kind = steps.get(0).stage().kind();
    return Arrays.stream(Share.values())
        .filter(share -> share.kinds.contains(kind))
        .flatMap(share -> share.fit(steps).stream());
  }

  /**
   * Sums that stop after a number of chunks or samples, or have one sample in them 0 or 2 times.
   */
  static Stream<Fit> sums(List<FailingStage> steps) {
    if (!steps.get(0).stage().isSum()) {
      return Stream.empty();
    }
    return Stream.concat(
        Stream.of(
                firstParts(steps, Cause.CHUNKS_BEYOND, "chunks", Fits::chunkEnds),
                firstParts(steps, Cause.SAMPLES_BEYOND, "samples", Fits::sampleEnds))
            .flatMap(Optional::stream),
        Stream.of(
            new Fit(Suspicion.of(Cause.SAMPLE_LEFT_OUT), step -> one(step, 0)),
            new Fit(Suspicion.of(Cause.SAMPLE_TWICE), step -> one(step, 2))));
  }

  /** After how many samples each part of a batch ends, but for the last. */
  private static int[] chunkEnds(FailingStage step) {
    int[] ends = new int[step.step().chunks().length - 1];
    int end = 0;
    for (int c = 0; c < ends.length; c++) {
      end += step.step().chunks()[c].length;
      ends[c] = end;
    }
    return ends;
  }

  private static int[] sampleEnds(FailingStage step) {
    return IntStream.range(1, samples(step)).toArray();
  }

  /** The same number of parts in every step that has more of them. */
  private static Optional<Fit> firstParts(
      List<FailingStage> steps, Cause cause, String what, Function<FailingStage, int[]> ends) {
    TreeSet<Integer> counts = null;
    int most = 0;
    for (FailingStage step : steps) {
      if (!step.isRight()) {
        int[] parts = ends.apply(step);
        most = Math.max(most, parts.length);
        Terms terms = new Terms(step);
        List<Integer> fitting =
            IntStream.rangeClosed(1, parts.length)
                .filter(part -> terms.fitUpTo(parts[part - 1]))
                .boxed()
                .toList();
        counts = counts == null ? new TreeSet<>(fitting) : counts;
        counts.retainAll(fitting);
      }
    }
    // Where never more than one is left out, it need not be for being beyond a number.
    if (counts == null || counts.isEmpty() || counts.last() >= most) {
      return Optional.empty();
    }
    int count = counts.last();
    return Optional.of(
        new Fit(
            new Suspicion(cause, "the first " + count + " " + what),
            step -> {
              int[] parts = ends.apply(step);
              return parts.length < count
                  ? Stream.empty()
                  : Stream.of(taking(i -> i < parts[count - 1]));
            }));
  }

  private static Operations taking(IntPredicate sample) {
    return Changes.occurring((i, n) -> sample.test(i) ? 1 : 0);
  }

  /** The sample that would best account for the errors if it went in another number of times. */
  private static Stream<Operations> one(FailingStage step, int times) {
    int sample = new Terms(step).closest(times - 1);
    return Stream.of(Changes.occurring((i, n) -> i == sample ? times : 1));
  }

  /** What each sample adds to a sum, in double: enough to find which are missing. */
  private static final class Terms {
    private final FailingStage step;
    private final double[][] terms;
    private final double[] value;
    private final double[] magnitude;
    private int taken;

    Terms(FailingStage step) {
      this.step = step;
      TrainingStep<Approximation> known = step.step();
      double share = step.stage().kind() == Kind.GRADIENT ? 1 : 1.0 / known.size();
      terms = new double[known.size()][step.size()];
      for (int i = 0; i < terms.length; i++) {
        int[][] one = {{i}};
        for (int k = 0; k < step.size(); k++) {
          int parameter = step.stage().parameter(step.network(), k);
          Approximation term = parameter < 0 ? known.loss(i) : known.derivative(parameter, one);
          terms[i][k] = share * term.value();
        }
      }
      value = new double[step.size()];
      magnitude = new double[step.size()];
    }

    /** Whether the first samples alone may have made the sum; asked for more and more of them. */
    boolean fitUpTo(int end) {
      for (; taken < end; taken++) {
        for (int k = 0; k < value.length; k++) {
          value[k] += terms[taken][k];
          magnitude[k] += Math.abs(terms[taken][k]);
        }
      }
      return IntStream.range(0, value.length)
          .allMatch(k -> !(Math.abs(step.seen(k) - value[k]) > FailingStage.LEEWAY * reach(k)));
    }

    private double reach(int k) {
      return step.bound(k) + step.model().gamma(3) * magnitude[k];
    }

    /** The sample of which so many more come nearest to what was seen. */
    int closest(int more) {
      fitUpTo(terms.length);
      int closest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < terms.length; i++) {
        double worst = 0;
        for (int k = 0; k < value.length; k++) {
          double distance = Math.abs(step.seen(k) - value[k] - more * terms[i][k]);
          double ratio = distance == 0 ? 0 : distance / reach(k);
          worst = Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : Math.max(worst, ratio);
        }
        if (worst < least) {
          least = worst;
          closest = i;
        }
      }
      return closest;
    }
  }
}
