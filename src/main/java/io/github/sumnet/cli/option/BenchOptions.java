package io.github.sumnet.cli.option;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.Sizes;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.network.Precision;
import io.github.sumnet.train.run.Cluster;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** What a benchmark measures. */
public final class BenchOptions {
  /** Fewer make the spread between processes invisible, more cost a warm-up each. */
  private static final int FORKS = 2;

  /** A benchmark that goes on has a plan already. */
  private static final List<String> OF_THE_PLAN =
      List.of(
          "--devices",
          "--engines",
          "--batch-sizes",
          "--hidden",
          "--precision",
          "--threads",
          "--repetitions",
          "--seed");

  @Option(
      names = "--devices",
      split = ",",
      paramLabel = "DEVICE",
      completionCandidates = BenchDevices.Candidates.class,
      converter = BenchDevices.Converter.class,
      description =
          "${COMPLETION-CANDIDATES}[:N] (default: cpu,cuda,opencl). One that is not there gives rows"
              + " that say why. Where opencl is not named, only a GPU is measured; named, it is the"
              + " device that --device opencl[:N] takes. One OpenCL device a benchmark.")
  List<DeviceRequest> devices;

  @Option(
      names = "--engines",
      split = ",",
      defaultValue = "dl4j-fit,dl4j,fused,reference",
      description =
          "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). dl4j-fit is DL4J's own fit on the"
              + " same data; on cuda run dl4j-fit and dl4j, on opencl fused; reference computes in double;"
              + " spark is fused on Apache Spark, in a build with it.")
  List<BenchEngine> engines;

  @Option(
      names = "--batch-sizes",
      paramLabel = "N,...",
      defaultValue = "32..1048576*32",
      description =
          "Samples in a step, such as 32,1024 or 1024..1048576*4 (default: ${DEFAULT-VALUE}).")
  Sizes batchSizes;

  @Option(
      names = "--hidden",
      paramLabel = "H,...",
      defaultValue = "2",
      description = "Hidden units, likewise (default: ${DEFAULT-VALUE}).")
  Sizes hidden;

  @Option(
      names = "--precision",
      split = ",",
      defaultValue = "float",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  List<Precision> precisions;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "12",
      description =
          "Timed repetitions of each row, shared out to "
              + FORKS
              + " processes (default: ${DEFAULT-VALUE}).")
  int repetitions;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "What samples are drawn from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--job-samples",
      split = ",",
      paramLabel = "N",
      defaultValue = "1e6,1e8,1e10",
      description =
          "Numbers of samples to say how long training on them takes, from start to end (default:"
              + " ${DEFAULT-VALUE}).")
  List<Long> jobSamples;

  /**
   * The numbers of samples of the jobs, ascending.
   *
   * @throws OptionException if one is not at least 1
   */
  public List<Long> jobSamples() {
    for (long samples : jobSamples) {
      if (samples < 1) {
        throw new OptionException("--job-samples must be at least 1, not " + samples);
      }
    }
    return List.copyOf(new TreeSet<>(jobSamples));
  }

  /**
   * The plan.
   *
   * @param threadsOption how many threads, or one per core
   */
  public BenchPlan plan(ThreadsOption threadsOption) {
    boolean threadsGiven = threadsOption.threads != null;
    if (engines.contains(BenchEngine.SPARK)) {
      Cluster.require("--engines spark");
    }
    try {
      BenchDevices chosen = BenchDevices.of(devices);
      BenchPlan plan =
          new BenchPlan(
              chosen.devices(),
              chosen.openCl(),
              engines,
              precisions,
              batchSizes.values(),
              hidden.values(),
              threadsGiven ? threadsOption.threads : Runtime.getRuntime().availableProcessors(),
              threadsGiven,
              repetitions,
              Math.max(1, Math.min(FORKS, repetitions)),
              seed);
      if (plan.cases().isEmpty()) {
        throw new OptionException("nothing to measure: " + String.join("; ", plan.leftOut()));
      }
      return plan;
    } catch (IllegalArgumentException outOfRange) {
      throw new OptionException(outOfRange.getMessage());
    }
  }

  /**
   * Refuses all of these, for a benchmark that goes on.
   *
   * @param given whether a flag was given on the command line
   */
  public void refuseWith(Predicate<String> given) {
    for (String flag : OF_THE_PLAN) {
      if (given.test(flag)) {
        throw new OptionException(flag + " cannot change when a benchmark goes on: leave it out");
      }
    }
  }
}
