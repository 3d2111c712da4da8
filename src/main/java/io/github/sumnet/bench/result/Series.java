package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.statistics.Bootstrap;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One side of a comparison over batch sizes: an engine on a device, or a device with its fastest
 * engine at each size.
 *
 * @param device where
 * @param engine null for the fastest
 * @param rows what was measured of it, by batch size ascending; all engines' for the fastest
 */
record Series(Device device, BenchEngine engine, List<BenchRow> rows) {
  /** The rows of a network, in what an engine makes of a precision. */
  static Series of(
      List<BenchRow> all, Device device, BenchEngine engine, Precision precision, int hidden) {
    return new Series(
        device,
        engine,
        all.stream()
            .filter(row -> row.device() == device && row.hidden() == hidden)
            .filter(row -> engine == null || row.engine() == engine)
            .filter(row -> row.precision() == row.engine().precision(precision))
            .sorted(Comparator.comparingInt(BenchRow::batchSize))
            .toList());
  }

  /** The batch sizes at which something was measured. */
  List<Integer> sizes() {
    return rows.stream().filter(BenchRow::isMeasured).map(BenchRow::batchSize).distinct().toList();
  }

  /** Why something is missing; null if nothing is. */
  String problem() {
    return rows.stream().map(BenchRow::problem).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** The rate at a size, of the fastest if there are several. */
  Bootstrap at(int size) {
    return Bootstrap.fastest(measured(size).stream().map(BenchRow::bootstrap).toList());
  }

  List<BenchRow> measured(int size) {
    return rows.stream().filter(row -> row.batchSize() == size && row.isMeasured()).toList();
  }
}
