package io.github.sumnet.engine;

import io.github.sumnet.data.Slicing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A training step of the DL4J engine against DL4J's own {@code fit(INDArray, INDArray)}, both on
 * resident data, Adam, float. Each has a JVM of its own with the threads that it would have by
 * itself, and the two take turns, so that a drifting machine hits both alike.
 */
public final class FitComparison {
  private static final int[] BATCH_SIZES = {32, 8_192, 65_536, 524_288};
  private static final int ROUNDS = 31;
  private static final int WARM_UP_ROUNDS = 6;

  private FitComparison() {}

  /** Compares; an argument sets the chunk size of the engine's steps. */
  public static void main(String[] args) throws IOException {
    int chunkSize = args.length == 0 ? Slicing.CPU_CHUNK : Integer.parseInt(args[0]);
    System.out.printf(
        Locale.ROOT,
        "microseconds a step: median [quartiles] of %d rounds, %d cores, chunks of %d%n"
            + "%10s %26s %26s %11s %26s%n",
        ROUNDS,
        Runtime.getRuntime().availableProcessors(),
        chunkSize,
        "batch size",
        "DL4J fit",
        "engine dl4j",
        "fit/engine",
        "ratio round by round");
    for (int batchSize : BATCH_SIZES) {
      compare(batchSize, chunkSize);
    }
  }

  private static void compare(int batchSize, int chunkSize) throws IOException {
    double[] fit = new double[ROUNDS];
    double[] engine = new double[ROUNDS];
    double[] ratio = new double[ROUNDS];
    try (Contestant fits = new Contestant("fit", batchSize, chunkSize);
        Contestant steps = new Contestant("engine", batchSize, chunkSize)) {
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        double fitTime = fits.microsPerStep();
        double stepTime = steps.microsPerStep();
        if (round >= 0) {
          fit[round] = fitTime;
          engine[round] = stepTime;
          ratio[round] = fitTime / stepTime;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%10d %26s %26s %11.2f %26s%n",
        batchSize,
        summary(fit, "%.0f [%.0f, %.0f]"),
        summary(engine, "%.0f [%.0f, %.0f]"),
        median(fit) / median(engine),
        summary(ratio, "%.2f [%.2f, %.2f]"));
  }

  private static double median(double[] values) {
    return sorted(values)[ROUNDS / 2];
  }

  private static String summary(double[] values, String format) {
    double[] sorted = sorted(values);
    return String.format(
        Locale.ROOT, format, sorted[ROUNDS / 2], sorted[ROUNDS / 4], sorted[3 * ROUNDS / 4]);
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** A JVM that runs a round of steps whenever it is asked to. */
  private static final class Contestant implements AutoCloseable {
    private final Process process;
    private final PrintWriter requests;
    private final BufferedReader answers;

    Contestant(String what, int batchSize, int chunkSize) throws IOException {
      List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(
          List.of(
              FitRounds.class.getName(),
              what,
              Integer.toString(batchSize),
              Integer.toString(chunkSize)));
      process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      requests = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
      answers = process.inputReader(StandardCharsets.UTF_8);
    }

    double microsPerStep() throws IOException {
      requests.println("round");
      return Double.parseDouble(answers.readLine());
    }

    /** Its input ends, and so does the process. */
    @Override
    public void close() {
      requests.close();
      process.destroy();
    }
  }
}
