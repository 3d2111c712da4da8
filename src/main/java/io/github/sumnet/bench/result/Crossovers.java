package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.statistics.Bootstrap;
import io.github.sumnet.bench.statistics.Crossing;
import io.github.sumnet.bench.statistics.Ratio;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares devices with each other, and the engines on each device, over all batch sizes. */
final class Crossovers {
  private static final double[] NOWHERE = {Crossing.ABOVE, Crossing.BELOW, Crossing.ABOVE};

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
    boolean turn =
        !sizes.isEmpty()
            && one.rate(sizes.get(sizes.size() - 1)) > two.rate(sizes.get(sizes.size() - 1));
    return turn ? of(two, one, precision, hidden) : of(one, two, precision, hidden);
  }

  private static List<Integer> common(Series one, Series two) {
    return one.sizes().stream().filter(two.sizes()::contains).toList();
  }

  /** The challenger against the other. */
  static Crossover of(Series other, Series challenger, Precision precision, int hidden) {
    int[] sizes = common(other, challenger).stream().mapToInt(Integer::intValue).toArray();
    if (sizes.length == 0) {
      String problem = challenger.problem() == null ? other.problem() : challenger.problem();
      return crossover(
          other,
          challenger,
          precision,
          hidden,
          Crossover.Verdict.NOT_MEASURED,
          NOWHERE,
          problem == null ? "no batch size was measured on both" : problem,
          List.of());
    }
    double[][] rates =
        Arrays.stream(sizes).mapToObj(challenger::resampledRates).toArray(double[][]::new);
    double[][] others =
        Arrays.stream(sizes).mapToObj(other::resampledRates).toArray(double[][]::new);
    List<Crossover.AtSize> ratios = new ArrayList<>();
    for (int k = 0; k < sizes.length; k++) {
      int size = sizes[k];
      boolean enough = challenger.hasIntervals(size) && other.hasIntervals(size);
      Ratio ratio = Ratio.of(challenger.rate(size), rates[k], other.rate(size), others[k], enough);
      ratios.add(new Crossover.AtSize(size, ratio));
    }
    Crossover.Verdict verdict = verdict(ratios.stream().map(Crossover.AtSize::ratio).toList());
    double[] place =
        verdict == Crossover.Verdict.FROM ? place(sizes, ratios, rates, others) : NOWHERE;
    return crossover(other, challenger, precision, hidden, verdict, place, null, ratios);
  }

  private static Crossover.Verdict verdict(List<Ratio> ratios) {
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

  /** Where the rates are equal, and the ends of the interval of that. */
  private static double[] place(
      int[] sizes, List<Crossover.AtSize> ratios, double[][] rates, double[][] others) {
    double[] medians = ratios.stream().mapToDouble(each -> each.ratio().value()).toArray();
    double[] each = Crossing.ofEach(sizes, rates, others);
    Arrays.sort(each);
    return new double[] {
      Crossing.of(sizes, medians),
      Bootstrap.quantile(each, Ratio.TAIL),
      Bootstrap.quantile(each, 1 - Ratio.TAIL)
    };
  }

  private static Crossover crossover(
      Series other,
      Series challenger,
      Precision precision,
      int hidden,
      Crossover.Verdict verdict,
      double[] place,
      String reason,
      List<Crossover.AtSize> ratios) {
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
        reason,
        ratios);
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
