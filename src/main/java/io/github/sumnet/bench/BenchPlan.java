package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that determines what a benchmark measures.
 *
 * @param openCl which OpenCL device is measured if devices name OpenCL: the one that was asked for,
 *     or AUTO for a GPU or nothing
 * @param batchSizes samples a step, 1 to {@value #MOST_SAMPLES}, ascending
 * @param hidden numbers of hidden units, ascending
 * @param threads threads of sumnet's engines on a CPU
 * @param threadsGiven whether that number was asked for; otherwise ND4J takes those it wants in
 *     {@code dl4j-fit}
 * @param repetitions timed repetitions of a row over all forks, at least 1
 * @param forks how many processes an engine is measured in, one after the other, at most {@code
 *     repetitions}
 * @param seed what samples and check designs are drawn from
 */
public record BenchPlan(
    List<Device> devices,
    DeviceRequest openCl,
    List<BenchEngine> engines,
    List<Precision> precisions,
    List<Integer> batchSizes,
    List<Integer> hidden,
    int threads,
    boolean threadsGiven,
    int repetitions,
    int forks,
    long seed) {
  /** A batch's inputs are one Java array for DL4J's {@code fit}. */
  public static final int MOST_SAMPLES = 1 << 29;

  /** A warm-up that is not steady by then is over all the same, and the row says so. */
  public static final int MOST_WARM_UP_SECONDS = 20;

  public BenchPlan {
    devices = distinct("--devices", devices);
    // Plans that were written down before OpenCL was measured have none.
    openCl = openCl == null ? DeviceRequest.AUTO : openCl;
    require(
        openCl.kind() == DeviceRequest.Kind.AUTO || openCl.kind() == DeviceRequest.Kind.OPENCL,
        "OpenCL's device cannot be " + openCl);
    engines = distinct("--engines", engines);
    precisions = distinct("--precision", precisions);
    batchSizes = ascending("--batch-sizes", batchSizes, MOST_SAMPLES);
    hidden = ascending("--hidden", hidden, Topology.MAX_HIDDEN);
    require(threads >= 1, "--threads must be at least 1, not " + threads);
    require(repetitions >= 1, "--repetitions must be at least 1, not " + repetitions);
    require(
        forks >= 1 && forks <= repetitions,
        "there must be from 1 to " + repetitions + " forks, not " + forks);
  }

  private static <T> List<T> distinct(String flag, List<T> values) {
    require(!values.isEmpty(), flag + " must name at least one");
    return List.copyOf(new LinkedHashSet<>(values));
  }

  private static List<Integer> ascending(String flag, List<Integer> values, int most) {
    for (int value : distinct(flag, values)) {
      require(
          value >= 1 && value <= most,
          String.format(Locale.ROOT, "%s must be from 1 to %d, not %d", flag, most, value));
    }
    return List.copyOf(new TreeSet<>(values));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * What to measure: networks and batches from small to large, and all that compete on one of them
   * next to each other.
   */
  public List<BenchCase> cases() {
    Set<BenchCase> cases = new LinkedHashSet<>();
    for (int width : hidden) {
      for (Precision precision : precisions) {
        for (int batchSize : batchSizes) {
          for (Device device : devices) {
            for (BenchEngine engine : engines) {
              if (engine.runsOn(device)) {
                Precision own = engine.precision(precision);
                cases.add(new BenchCase(device, engine, own, batchSize, width));
              }
            }
          }
        }
      }
    }
    return List.copyOf(cases);
  }

  /** What was asked for and does not exist, a line each. */
  public List<String> leftOut() {
    List<String> lines = new ArrayList<>();
    for (Device device : devices) {
      List<String> missing =
          engines.stream().filter(e -> !e.runsOn(device)).map(BenchEngine::toString).toList();
      if (!missing.isEmpty()) {
        lines.add(
            "left out on %s: %s (%s)".formatted(device, String.join(", ", missing), runs(device)));
      }
    }
    if (engines.contains(BenchEngine.REFERENCE) && precisions.contains(Precision.FLOAT)) {
      lines.add("reference is measured in double, the only precision that it knows");
    }
    return lines;
  }

  private static String runs(Device device) {
    List<String> engines =
        Arrays.stream(BenchEngine.values())
            .filter(engine -> engine.runsOn(device))
            .map(BenchEngine::toString)
            .toList();
    return "only "
        + String.join(" and ", engines)
        + (engines.size() == 1 ? " runs" : " run")
        + " there";
  }

  /** Whether everything is computed in double. */
  boolean isInDouble() {
    return !precisions.contains(Precision.FLOAT);
  }

  /** How many repetitions of a row one fork makes, if nothing keeps it from it. */
  public int repetitionsPerFork() {
    return (repetitions + forks - 1) / forks;
  }
}
