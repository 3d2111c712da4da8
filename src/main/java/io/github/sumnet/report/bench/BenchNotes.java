package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.data.Count;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.report.DiagnosisReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/** What a reader should know about a benchmark's numbers, and what to do about it. */
final class BenchNotes {
  private static final int ENOUGH_REPETITIONS = 10;
  private static final String VERIFY =
      " scripts/verify-gpu checks its gradients and its training on this one.";

  private BenchNotes() {}

  static List<String> of(BenchResult result) {
    List<String> notes = new ArrayList<>();
    devices(result, notes);
    notMeasured(result, notes);
    notes.addAll(result.plan().leftOut().stream().map(line -> capital(line) + ".").toList());
    noise(result, notes);
    if (result.rows().stream().anyMatch(row -> row.isMeasured() && !hasInterval(row))) {
      notes.add(
          "Rows of one or two repetitions have no interval, and nothing is concluded from them;"
              + " raise --repetitions.");
    } else if (result.plan().repetitions() < ENOUGH_REPETITIONS) {
      notes.add(
          "Fewer than "
              + ENOUGH_REPETITIONS
              + " repetitions: the intervals say little; raise --repetitions.");
    }
    return notes;
  }

  private static boolean hasInterval(BenchRow row) {
    return row.samplesPerSecond().hasInterval();
  }

  /** What was measured that no GPU is, and what no GPU had run before. */
  private static void devices(BenchResult result, List<String> notes) {
    for (Device device : result.plan().devices()) {
      if (result.rows().stream().anyMatch(row -> row.device() == device && row.isMeasured())) {
        OpenClDevice.Kind kind =
            result.environment().state(device).map(BenchEnvironment.DeviceState::kind).orElse(null);
        if (device == Device.CUDA) {
          notes.add(DiagnosisReport.CUDA_NOT_VERIFIED + VERIFY);
        } else if (kind == OpenClDevice.Kind.GPU) {
          notes.add(DiagnosisReport.OPENCL_NOT_VERIFIED + VERIFY);
        } else if (kind != null) {
          notes.add(notAGpu(device, kind, result));
        }
      }
    }
  }

  private static String notAGpu(Device device, OpenClDevice.Kind kind, BenchResult result) {
    return device
        + " is "
        + result.environment().state(device).orElseThrow()
        + ". "
        + (kind == OpenClDevice.Kind.CPU
            ? "It is OpenCL on the CPU, no GPU, and says nothing of one."
            : "It is no GPU and says nothing of one.");
  }

  private static void notMeasured(BenchResult result, List<String> notes) {
    Map<String, Integer> rowsByProblem = new LinkedHashMap<>();
    for (BenchRow row : result.rows()) {
      if (row.problem() != null) {
        rowsByProblem.merge(
            row.engine() + " on " + row.device() + ": " + row.problem(), 1, Integer::sum);
      }
    }
    rowsByProblem.forEach(
        (problem, rows) ->
            notes.add(
                "Not measured, or not to the end, %s of %s."
                    .formatted(Count.of(rows, "row"), problem)));
    if (!result.complete()) {
      notes.add("Interrupted: rows are missing, or have fewer repetitions than planned.");
    }
  }

  private static void noise(BenchResult result, List<String> notes) {
    if (result.isBusy()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Busy: other processes kept up to %.1f of %d cores busy meanwhile; the rates are those"
                  + " of a busy machine.",
              result.mostBusyCores(),
              result.environment().cores()));
    }
    List<BenchRow> measured = result.rows().stream().filter(BenchRow::isMeasured).toList();
    long noisy = measured.stream().filter(row -> row.noise().noisy()).count();
    if (noisy > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Noisy: the intervals of %d of %d rows reach further than 5 %% from the median. End"
                  + " what else runs on this machine, or raise --repetitions (now %d).",
              noisy,
              measured.size(),
              result.plan().repetitions()));
    }
    notSteady("steps", measured, BenchRow.Parts::forksNotSteady, notes);
    notSteady("generating the samples", measured, BenchRow.Parts::forksDataNotSteady, notes);
    notSteady("copying the samples", measured, BenchRow.Parts::forksCopyNotSteady, notes);
  }

  private static void notSteady(
      String what, List<BenchRow> rows, ToIntFunction<BenchRow.Parts> forks, List<String> notes) {
    long cut = rows.stream().filter(row -> forks.applyAsInt(row.parts()) > 0).count();
    if (cut > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Warm-up: the time of %s was not steady within %d s in some fork of %d of %d rows and"
                  + " was measured all the same; it may be less in the long run.",
              what,
              BenchPlan.MOST_WARM_UP_SECONDS,
              cut,
              rows.size()));
    }
  }

  private static String capital(String line) {
    return Character.toUpperCase(line.charAt(0)) + line.substring(1);
  }
}
