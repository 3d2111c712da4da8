package io.github.sumnet.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The fastest of several rows on the same batch and network.
 *
 * @param row the one with the highest median
 * @param tooClose those whose intervals overlap with its own, from fast to slow: which of them is
 *     the fastest is too close to call
 */
public record Fastest(BenchRow row, List<BenchRow> tooClose) {
  /** The fastest of what was measured. */
  public static Optional<Fastest> of(List<BenchRow> rows) {
    List<BenchRow> byRate =
        rows.stream()
            .filter(BenchRow::isMeasured)
            .sorted(Comparator.comparingDouble((BenchRow row) -> -row.samplesPerSecond().median()))
            .toList();
    if (byRate.isEmpty()) {
      return Optional.empty();
    }
    BenchRow first = byRate.get(0);
    return Optional.of(
        new Fastest(
            first,
            byRate.stream()
                .skip(1)
                .filter(row -> !first.samplesPerSecond().isAbove(row.samplesPerSecond()))
                .toList()));
  }
}
