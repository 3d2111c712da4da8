package io.github.sumnet.report;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchResult;
import io.github.sumnet.bench.BenchRow;
import io.github.sumnet.bench.Crossover;
import io.github.sumnet.bench.Fastest;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a benchmark found out, in sentences: CPU or GPU, which engine, from which batch size on. */
final class BenchAnswer {
  private final BenchResult result;

  private BenchAnswer(BenchResult result) {
    this.result = result;
  }

  /** The sentences, most important first. */
  static List<String> of(BenchResult result) {
    BenchAnswer answer = new BenchAnswer(result);
    List<String> sentences = new ArrayList<>();
    for (Crossover crossover : result.crossover()) {
      if (crossover.device() != crossover.challengerDevice()) {
        sentences.add(answer.deviceAgainstDevice(crossover));
      }
    }
    for (int hidden : result.plan().hidden()) {
      for (Precision precision : result.plan().precisions()) {
        for (Device device : result.plan().devices()) {
          answer.fastest(device, precision, hidden).ifPresent(sentences::add);
        }
      }
    }
    for (Crossover crossover : result.crossover()) {
      if (crossover.device() == crossover.challengerDevice()) {
        sentences.add(answer.engineAgainstEngine(crossover));
      }
    }
    return sentences;
  }

  private String deviceAgainstDevice(Crossover crossover) {
    Device device = crossover.challengerDevice();
    Challenger challenger = Challenger.of(device, result.environment());
    String name = challenger.name();
    return challenger.question()
        + network(crossover.precision(), crossover.hidden())
        + ": "
        + switch (crossover.verdict()) {
          case NOT_MEASURED ->
              (isMeasured(device) ? "not compared" : challenger.missing())
                  + ": "
                  + crossover.reason();
          case ALWAYS -> name + " is faster at every tested batch size";
          case FROM -> name + " is faster " + from(crossover);
          case NEVER ->
              leads(crossover)
                  ? name + " leads at some tested batch sizes, but not at the largest"
                  : challenger.noAdvantage();
          case TOO_CLOSE ->
              "whether " + name + " is faster at the largest tested batch is too close to call";
        }
        + ".";
  }

  private boolean isMeasured(Device device) {
    return result.rows().stream().anyMatch(row -> row.device() == device && row.isMeasured());
  }

  private boolean leads(Crossover crossover) {
    return result.plan().batchSizes().stream()
        .anyMatch(
            size ->
                best(crossover.challengerDevice(), crossover, size)
                    > best(crossover.device(), crossover, size));
  }

  private double best(Device device, Crossover crossover, int size) {
    return Fastest.of(rows(device, crossover.precision(), crossover.hidden(), size))
        .map(fastest -> fastest.row().samplesPerSecond().median())
        .orElse(Double.NaN);
  }

  /** From a batch of about 12,300 on, with the interval. */
  private String from(Crossover crossover) {
    List<Integer> sizes = result.plan().batchSizes();
    String smallest = count(sizes.get(0));
    String low = crossover.low() == null ? "below " + smallest : count(crossover.low());
    String high =
        crossover.high() == null
            ? "above " + count(sizes.get(sizes.size() - 1))
            : count(crossover.high());
    String place =
        crossover.batchSize() == null
            ? "from some batch size on"
            : "from a batch of about " + count(crossover.batchSize()) + " on";
    return place + " (95 %: " + low + " to " + high + ")";
  }

  private Optional<String> fastest(Device device, Precision precision, int hidden) {
    Map<String, List<Integer>> sizesByWinner = new LinkedHashMap<>();
    Map<String, Fastest> largest = new LinkedHashMap<>();
    for (int size : result.plan().batchSizes()) {
      Fastest.of(rows(device, precision, hidden, size))
          .ifPresent(
              fastest -> {
                String winner = winner(fastest);
                sizesByWinner.computeIfAbsent(winner, w -> new ArrayList<>()).add(size);
                largest.put(winner, fastest);
              });
    }
    if (sizesByWinner.isEmpty()) {
      return Optional.empty();
    }
    String winners =
        sizesByWinner.entrySet().stream()
            .map(each -> where(each.getKey(), each.getValue(), largest.get(each.getKey())))
            .collect(Collectors.joining("; "));
    return Optional.of("Fastest on " + device + network(precision, hidden) + ": " + winners + ".");
  }

  private static String winner(Fastest fastest) {
    String first = fastest.row().engine().toString();
    return fastest.tooClose().isEmpty()
        ? first
        : "too close to call between "
            + first
            + " and "
            + fastest.tooClose().stream()
                .map(row -> row.engine().toString())
                .collect(Collectors.joining(", "));
  }

  private String where(String winner, List<Integer> sizes, Fastest largest) {
    boolean everywhere = sizes.size() == result.plan().batchSizes().size();
    String places =
        everywhere && sizes.size() > 1
            ? " at every tested batch size"
            : " at " + sizes.stream().map(BenchAnswer::count).collect(Collectors.joining("; "));
    return winner
        + places
        + String.format(
            Locale.ROOT,
            " (%s samples/s %s at %,d)",
            UnitFormat.of(largest.row().samplesPerSecond().median()),
            UnitFormat.interval(largest.row().samplesPerSecond()),
            largest.row().batchSize());
  }

  private String engineAgainstEngine(Crossover crossover) {
    String place = " on " + crossover.device() + network(crossover.precision(), crossover.hidden());
    String winner = crossover.challengerEngine().toString();
    String other = crossover.engine().toString();
    return switch (crossover.verdict()) {
          case ALWAYS ->
              winner
                  + " is faster than "
                  + other
                  + place
                  + " at every tested batch size: "
                  + ratios(crossover)
                  + " times";
          case FROM -> winner + " is faster than " + other + place + " " + from(crossover);
          case NEVER -> winner + " is not faster than " + other + place + " at the largest batch";
          case TOO_CLOSE ->
              winner + " or " + other + place + ": too close to call at the largest tested batch";
          case NOT_MEASURED ->
              winner
                  + " and "
                  + other
                  + place
                  + " were not measured on the same batch size: "
                  + crossover.reason();
        }
        + ".";
  }

  /** From the smallest to the largest ratio of the two medians. */
  private String ratios(Crossover crossover) {
    List<Double> ratios = new ArrayList<>();
    for (int size : result.plan().batchSizes()) {
      double winner = rate(crossover.challengerEngine(), crossover, size);
      double other = rate(crossover.engine(), crossover, size);
      if (winner > 0 && other > 0) {
        ratios.add(winner / other);
      }
    }
    double least = ratios.stream().min(Comparator.naturalOrder()).orElseThrow();
    double most = ratios.stream().max(Comparator.naturalOrder()).orElseThrow();
    return least == most
        ? UnitFormat.number(least)
        : UnitFormat.number(least) + " to " + UnitFormat.number(most);
  }

  private double rate(BenchEngine engine, Crossover crossover, int size) {
    return rows(crossover.device(), crossover.precision(), crossover.hidden(), size).stream()
        .filter(row -> row.engine() == engine && row.isMeasured())
        .mapToDouble(row -> row.samplesPerSecond().median())
        .findFirst()
        .orElse(Double.NaN);
  }

  private List<BenchRow> rows(Device device, Precision precision, int hidden, int size) {
    return result.rows().stream()
        .filter(row -> row.device() == device && row.hidden() == hidden)
        .filter(row -> row.batchSize() == size)
        .filter(row -> row.precision() == row.engine().precision(precision))
        .toList();
  }

  /** Which network, where there are several. */
  private String network(Precision precision, int hidden) {
    List<String> words = new ArrayList<>();
    if (result.plan().hidden().size() > 1) {
      words.add("2-" + hidden + "-1");
    }
    if (result.plan().precisions().size() > 1) {
      words.add(precision.toString());
    }
    return words.isEmpty() ? "" : " (" + String.join(", ", words) + ")";
  }

  private static String count(double value) {
    double rounded = value < 1000 ? value : Math.round(value / step(value)) * step(value);
    return String.format(Locale.ROOT, "%,.0f", rounded);
  }

  /** Three digits are enough where a size was interpolated. */
  private static double step(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)) - 2);
  }

  private static String count(int size) {
    return String.format(Locale.ROOT, "%,d", size);
  }
}
