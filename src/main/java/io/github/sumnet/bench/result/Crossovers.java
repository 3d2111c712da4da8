package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.statistics.Bootstrap;
import io.github.sumnet.bench.statistics.Ratio;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Compares devices with each other, and the engines on each device, over all batch sizes. */
final class Crossovers {
  private static final double[] NOWHERE = {Double.NaN, Double.NaN, Double.NaN};

  private final BenchPlan plan;
  private final List<BenchRow> rows;

  Crossovers(BenchPlan plan, List<BenchRow> rows) {
    this.plan = plan;
    this.rows = rows;
  }

  /** Devices first, each network on its own. */
  List<Crossover> all() {
    List<Crossover> all = new ArrayList<>();
    for (int hidden : plan.hidden()) {
      for (Precision precision : plan.precisions()) {
        all.addAll(ofDevices(precision, hidden));
      }
    }
    for (int hidden : plan.hidden()) {
      for (Precision precision : plan.precisions()) {
        plan.devices().forEach(device -> all.addAll(ofEngines(device, precision, hidden)));
      }
    }
    return all;
  }

  /** Every other device against the CPU, each with its fastest engine. */
  private List<Crossover> ofDevices(Precision precision, int hidden) {
    List<Crossover> crossovers = new ArrayList<>();
    for (Device device : plan.devices()) {
      if (device != Device.CPU && plan.engines().stream().anyMatch(e -> e.runsOn(device))) {
        crossovers.add(
            of(
                Series.of(rows, Device.CPU, null, precision, hidden),
                Series.of(rows, device, null, precision, hidden),
                precision,
                hidden));
      }
    }
    return crossovers;
  }

  /** Every two engines; the challenger is the one that is faster at the largest size. */
  private List<Crossover> ofEngines(Device device, Precision precision, int hidden) {
    List<Series> measured =
        plan.engines().stream()
            .map(engine -> Series.of(rows, device, engine, precision, hidden))
            .filter(series -> !series.sizes().isEmpty())
            .toList();
    List<Crossover> crossovers = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      for (int k = i + 1; k < measured.size(); k++) {
        crossovers.add(ofTwo(measured.get(i), measured.get(k), precision, hidden));
      }
    }
    return crossovers;
  }

  private static Crossover ofTwo(Series one, Series two, Precision precision, int hidden) {
    List<Integer> sizes = common(one, two);
    int largest = sizes.isEmpty() ? 0 : sizes.get(sizes.size() - 1);
    return !sizes.isEmpty() && one.at(largest).median() > two.at(largest).median()
        ? of(two, one, precision, hidden)
        : of(one, two, precision, hidden);
  }

  private static List<Integer> common(Series one, Series two) {
    return one.sizes().stream().filter(two.sizes()::contains).toList();
  }

  private static Crossover of(Series other, Series challenger, Precision precision, int hidden) {
    List<Integer> sizes = common(other, challenger);
    List<Bootstrap> ones = sizes.stream().map(challenger::at).toList();
    List<Bootstrap> others = sizes.stream().map(other::at).toList();
    List<Crossover.AtSize> ratios = new ArrayList<>();
    for (int k = 0; k < sizes.size(); k++) {
      ratios.add(new Crossover.AtSize(sizes.get(k), ones.get(k).ratioTo(others.get(k))));
    }
    Crossover.Verdict verdict = verdict(ratios.stream().map(Crossover.AtSize::ratio).toList());
    double[] place =
        verdict == Crossover.Verdict.FROM
            ? Bootstrap.crossing(sizes.stream().mapToInt(n -> n).toArray(), ones, others)
            : NOWHERE;
    return new Crossover(
        other.device(),
        other.engine(),
        challenger.device(),
        challenger.engine(),
        precision,
        hidden,
        verdict,
        finite(place[0]),
        finite(place[1]),
        finite(place[2]),
        sizes.isEmpty()
            ? Stream.of(challenger.problem(), other.problem())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("no batch size was measured on both")
            : null,
        ratios);
  }

  private static Crossover.Verdict verdict(List<Ratio> ratios) {
    if (ratios.isEmpty()) {
      return Crossover.Verdict.NOT_MEASURED;
    }
    if (ratios.stream().anyMatch(ratio -> ratio.low() == null)) {
      return Crossover.Verdict.TOO_FEW;
    }
    return switch (ratios.get(ratios.size() - 1).verdict()) {
      case SLOWER -> Crossover.Verdict.NEVER;
      case INCONCLUSIVE -> Crossover.Verdict.TOO_CLOSE;
      case FASTER ->
          ratios.stream().allMatch(ratio -> ratio.verdict() == Ratio.Verdict.FASTER)
              ? Crossover.Verdict.ALWAYS
              : Crossover.Verdict.FROM;
    };
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
