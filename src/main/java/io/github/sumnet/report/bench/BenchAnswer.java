package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.Crossover;
import io.github.sumnet.bench.result.Fastest;
import io.github.sumnet.bench.result.Job;
import io.github.sumnet.data.Count;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.document.UnitFormat;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a benchmark found out, in sentences: CPU or GPU, which engine, from which batch size on. */
final class BenchAnswer {
  private static final String TOO_FEW = "too few repetitions for intervals";

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
    for (int hidden : result.plan().hidden()) {
      for (Precision precision : result.plan().precisions()) {
        answer.job(precision, hidden).ifPresent(sentences::add);
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
              crossover.leadsSomewhere()
                  ? name + " leads at some tested batch sizes, but not at the largest"
                  : challenger.noAdvantage();
          case TOO_CLOSE ->
              "whether " + name + " is faster at the largest tested batch is too close to call";
          case TOO_FEW -> name + " is not compared: " + TOO_FEW;
        }
        + ".";
  }

  private boolean isMeasured(Device device) {
    return result.rows().stream().anyMatch(row -> row.device() == device && row.isMeasured());
  }

  /** From a batch of about 12,300 on, with the interval. */
  private String from(Crossover crossover) {
    List<Integer> sizes = result.plan().batchSizes();
    String smallest = Count.of(sizes.get(0));
    String low = crossover.low() == null ? "below " + smallest : count(crossover.low());
    String high =
        crossover.high() == null
            ? "above " + Count.of(sizes.get(sizes.size() - 1))
            : count(crossover.high());
    String place =
        crossover.batchSize() == null
            ? "from some batch size on"
            : "from a batch of about " + count(crossover.batchSize()) + " on";
    return place + " (95 %: " + low + " to " + high + ")";
  }

  private Optional<String> fastest(Device device, Precision precision, int hidden) {
    Map<String, List<Fastest>> byWinner = new LinkedHashMap<>();
    for (Fastest each : result.fastest()) {
      if (each.device() == device && each.precision() == precision && each.hidden() == hidden) {
        byWinner.computeIfAbsent(winner(each), w -> new ArrayList<>()).add(each);
      }
    }
    if (byWinner.isEmpty()) {
      return Optional.empty();
    }
    String winners =
        byWinner.entrySet().stream()
            .map(each -> where(each.getKey(), each.getValue()))
            .collect(Collectors.joining("; "));
    return Optional.of("Fastest on " + device + network(precision, hidden) + ": " + winners + ".");
  }

  private static String winner(Fastest fastest) {
    if (fastest.tooClose().isEmpty()) {
      return fastest.engine().toString();
    }
    String others =
        fastest.tooClose().stream().map(BenchEngine::toString).collect(Collectors.joining(", "));
    return (fastest.samplesPerSecond().hasInterval()
            ? "too close to call between "
            : "not judged (" + TOO_FEW + ") between ")
        + fastest.engine()
        + " and "
        + others;
  }

  private String where(String winner, List<Fastest> sizes) {
    boolean everywhere = sizes.size() == result.plan().batchSizes().size();
    String places =
        everywhere && sizes.size() > 1
            ? " at every tested batch size"
            : " at "
                + sizes.stream()
                    .map(each -> Count.of(each.batchSize()))
                    .collect(Collectors.joining("; "));
    Fastest largest = sizes.get(sizes.size() - 1);
    return winner
        + places
        + String.format(
            Locale.ROOT,
            " (%s samples/s%s at %,d)",
            UnitFormat.of(largest.samplesPerSecond().median()),
            largest.samplesPerSecond().hasInterval()
                ? " " + UnitFormat.interval(largest.samplesPerSecond())
                : "",
            largest.batchSize());
  }

  private String engineAgainstEngine(Crossover crossover) {
    String place = " on " + crossover.device() + network(crossover.precision(), crossover.hidden());
    String winner = crossover.challengerEngine().toString();
    String other = crossover.engine().toString();
    return switch (crossover.verdict()) {
          case ALWAYS ->
              "%s is faster than %s%s at every tested batch size: %s times"
                  .formatted(winner, other, place, ratios(crossover));
          case FROM -> winner + " is faster than " + other + place + " " + from(crossover);
          case NEVER -> winner + " is not faster than " + other + place + " at the largest batch";
          case TOO_CLOSE ->
              winner + " or " + other + place + ": too close to call at the largest tested batch";
          case TOO_FEW -> winner + " and " + other + place + " are not compared: " + TOO_FEW;
          case NOT_MEASURED ->
              "%s and %s%s were not measured on the same batch size: %s"
                  .formatted(winner, other, place, crossover.reason());
        }
        + ".";
  }

  /** From the smallest to the largest ratio of the two medians. */
  private static String ratios(Crossover crossover) {
    DoubleSummaryStatistics ratios =
        crossover.ratios().stream().mapToDouble(each -> each.ratio().value()).summaryStatistics();
    String least = UnitFormat.number(ratios.getMin());
    String most = UnitFormat.number(ratios.getMax());
    return least.equals(most) ? least : least + " to " + most;
  }

  /** What to take for a job, how long it takes from start to end, and what a GPU changes. */
  private Optional<String> job(Precision precision, int hidden) {
    Map<String, List<String>> jobsByWinner = new LinkedHashMap<>();
    for (Job job : result.jobs()) {
      if (job.precision() == precision && job.hidden() == hidden) {
        Job.Choice best = job.choices().get(0);
        jobsByWinner
            .computeIfAbsent(
                "%s on %s in batches of %s"
                    .formatted(best.engine(), best.device(), Count.of(best.batchSize())),
                winner -> new ArrayList<>())
            .add(Count.of(job.samples(), "sample") + " in " + UnitFormat.time(best.seconds()));
      }
    }
    if (jobsByWinner.isEmpty()) {
      return Optional.empty();
    }
    String winners =
        jobsByWinner.entrySet().stream()
            .map(each -> each.getKey() + " trains " + String.join(", ", each.getValue()))
            .collect(Collectors.joining("; "));
    return Optional.of(
        "From start to end"
            + network(precision, hidden)
            + ": "
            + winners
            + result.plan().devices().stream()
                .filter(device -> device != Device.CPU)
                .map(device -> pays(device, precision, hidden))
                .collect(Collectors.joining())
            + ".");
  }

  private String pays(Device device, Precision precision, int hidden) {
    double from = Job.paysFrom(result.plan(), result.rows(), device, precision, hidden);
    String name = Challenger.of(device, result.environment()).name();
    if (Double.isNaN(from)) {
      return "";
    }
    if (Double.isInfinite(from)) {
      return "; " + name + " pays for no number of samples";
    }
    return "; " + name + " pays " + (from < 1 ? "always" : "from " + count(from) + " samples on");
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

  /**
   * What a benchmark holds against the CPU, in words: only a GPU is called one.
   *
   * @param question what the answer is about
   * @param name how sentences call it
   * @param missing what is said if it was not measured
   * @param noAdvantage what is said if it never wins
   */
  private record Challenger(String question, String name, String missing, String noAdvantage) {
    static Challenger of(Device device, BenchEnvironment environment) {
      OpenClDevice.Kind kind =
          environment.state(device).map(BenchEnvironment.DeviceState::kind).orElse(null);
      if (kind == OpenClDevice.Kind.CPU) {
        return other("the CPU itself", "the CPU through OpenCL (" + device + ")");
      }
      if (kind == OpenClDevice.Kind.ACCELERATOR) {
        return other("an accelerator", "the accelerator (" + device + ")");
      }
      return new Challenger(
          "CPU or GPU",
          "the GPU (" + device + ")",
          "no GPU was measured" + (device == Device.OPENCL ? " through OpenCL" : ""),
          "no GPU advantage at any tested batch size (" + device + ")");
    }

    private static Challenger other(String what, String name) {
      return new Challenger(
          "With or without OpenCL, on " + what,
          name,
          name + " was not measured",
          name + " has no advantage at any tested batch size");
    }
  }
}
