package io.github.sumnet.data.file;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.network.Precision;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Reads every sample of a file once, on all cores, before any of them is used: each has to be three
 * numbers that are finite in the precision they will be used in.
 *
 * @param anyTarget whether targets may lie outside [0, 1]
 * @param onSamples is told, from several threads, how many more samples have been checked
 */
public record SampleCheck(
    StoredBatches file, Precision precision, boolean anyTarget, LongConsumer onSamples) {
  /**
   * How many parts the file is divided into. Their results are added up in their order, so that the
   * sum does not depend on the number of cores.
   */
  private static final int PARTS = 256;

  private static final int CHUNK = 16_384;

  /**
   * Checks a part of the file.
   *
   * @throws DataException about the first sample that is not as it should be; it names the place
   */
  public CheckedSamples check(long first, long samples) {
    AtomicInteger lowestBad = new AtomicInteger(PARTS);
    List<Part> parts =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToObj(
                part -> {
                  long from = edge(part, samples);
                  long to = edge(part + 1, samples);
                  return part > lowestBad.get()
                      ? new Part(part, lowestBad)
                      : new Part(part, lowestBad).read(first + from, first + to);
                })
            .toList();
    file.requireWhole();
    return total(parts, samples);
  }

  /** Parts begin where blocks of a CSV file do, so that no block is parsed twice. */
  private static long edge(int part, long samples) {
    long blocks = (samples - 1) / CHUNK + 1;
    return Math.min(samples, (blocks * part + PARTS - 1) / PARTS * CHUNK);
  }

  private static CheckedSamples total(List<Part> parts, long samples) {
    parts.stream()
        .map(part -> part.failure)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            bad -> {
              throw bad;
            });
    return new CheckedSamples(
        smallest(parts, part -> part.y.low),
        largest(parts, part -> part.y.high),
        parts.stream().mapToDouble(part -> part.squaredExcess).reduce(0, Double::sum) / 2 / samples,
        new InputBounds(
            smallest(parts, part -> part.x1.low),
            largest(parts, part -> part.x1.high),
            smallest(parts, part -> part.x2.low),
            largest(parts, part -> part.x2.high)));
  }

  private static double smallest(List<Part> parts, ToDoubleFunction<Part> value) {
    return parts.stream().mapToDouble(value).min().orElseThrow();
  }

  private static double largest(List<Part> parts, ToDoubleFunction<Part> value) {
    return parts.stream().mapToDouble(value).max().orElseThrow();
  }

  private static final class Bounds {
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    void include(double value) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }

  private final class Part {
    private final int number;
    private final AtomicInteger lowestBad;
    private final Bounds x1 = new Bounds();
    private final Bounds x2 = new Bounds();
    private final Bounds y = new Bounds();
    private double squaredExcess;
    private DataException failure;

    Part(int number, AtomicInteger lowestBad) {
      this.number = number;
      this.lowestBad = lowestBad;
    }

    Part read(long from, long to) {
      try {
        Batch batch = Batch.allocate(precision, CHUNK);
        for (long first = from; first < to; first += batch.size()) {
          file.read(first, (int) Math.min(CHUNK, to - first), batch);
          for (int i = 0; i < batch.size(); i++) {
            check(batch, i, first + i);
          }
          onSamples.accept(batch.size());
        }
      } catch (DataException bad) {
        failure = bad;
        lowestBad.accumulateAndGet(number, Math::min);
      }
      return this;
    }

    private void check(Batch batch, int i, long sample) {
      double target = batch.y(i);
      // A sum is finite only if all of it is; whether one is not is looked at again.
      if (!(Math.abs(batch.x1(i)) + Math.abs(batch.x2(i)) + Math.abs(target)
          <= precision.largest())) {
        requireFinite(sample);
      }
      if (target < 0 || target > 1) {
        if (!anyTarget) {
          throw outOfReach(sample);
        }
        double excess = target < 0 ? -target : target - 1;
        squaredExcess += excess * excess;
      }
      x1.include(batch.x1(i));
      x2.include(batch.x2(i));
      y.include(target);
    }
  }

  private void requireFinite(long sample) {
    DoubleBatch stored = stored(sample);
    for (int column = 0; column < StoredBatches.COLUMNS.size(); column++) {
      double value = stored.column(column)[0];
      if (!Double.isFinite(precision.round(value))) {
        String expected =
            Double.isFinite(value) ? "a number that " + precision + " can hold" : "a finite number";
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: %s must be %s, found '%s'",
                file.place(sample, column),
                StoredBatches.COLUMNS.get(column),
                expected,
                value));
      }
    }
  }

  private DataException outOfReach(long sample) {
    return new DataException(
        file.place(sample, 2)
            + ": y must lie in [0, 1], which a sigmoid's output cannot leave, found '"
            + stored(sample).y(0)
            + "'; --any-target accepts such targets");
  }

  private DoubleBatch stored(long sample) {
    DoubleBatch one = new DoubleBatch(1);
    file.read(sample, 1, one);
    return one;
  }
}
