package io.github.sumnet.engine;

import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A training step of the engines against DL4J's own {@code fit}, a plain C loop and PyTorch, all on
 * the same kind of data in memory, Adam, float, two hidden units. Each has a process of its own
 * with the threads that it would have by itself, and they take turns, so that a drifting machine
 * hits all alike. What cannot run here says so.
 */
public final class StepComparison {
  private static final List<Integer> BATCH_SIZES = List.of(32, 1_024, 8_192, 65_536, 1_048_576);
  private static final int ROUNDS = 31;
  private static final int WARM_UP_ROUNDS = 8;
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** Reordered sums, but true divisions: with -ffast-math the loop is slower. */
  private static final List<String> C_COMPILER =
      List.of(
          "cc",
          "-O3",
          "-march=native",
          "-fno-math-errno",
          "-fno-trapping-math",
          "-fassociative-math",
          "-fno-signed-zeros",
          "-ffinite-math-only");

  private StepComparison() {}

  /** Compares; arguments are the batch sizes, and the names of contestants to leave the rest out. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Integer> sizes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String arg : args) {
      if (arg.chars().allMatch(Character::isDigit)) {
        sizes.add(Integer.parseInt(arg));
      } else {
        names.add(arg);
      }
    }
    Map<String, List<String>> contestants = contestants();
    if (!names.isEmpty()) {
      contestants.keySet().retainAll(names);
    }
    System.out.printf(
        Locale.ROOT,
        "median [quartiles] of %d rounds, %d cores; ratios are medians of the rounds' ratios%n%n",
        ROUNDS,
        CORES);
    for (int size : sizes.isEmpty() ? BATCH_SIZES : sizes) {
      compare(size, contestants);
    }
  }

  private static Map<String, List<String>> contestants() throws IOException, InterruptedException {
    Map<String, List<String>> commands = new LinkedHashMap<>();
    commands.put("DL4J fit", java("fit"));
    commands.put("dl4j", java("resident", "DL4J", CORES, Slicing.CPU_CHUNK));
    commands.put("fused", java("resident", "FUSED", CORES, Slicing.FUSED_CHUNK));
    commands.put("fused-one-thread", java("resident", "FUSED", 1, Slicing.FUSED_CHUNK));
    commands.put("fused-generated", java("generated", "FUSED", CORES, Slicing.FUSED_CHUNK));
    if (OpenClFacts.ofThisMachine().devices().isEmpty()) {
      System.out.println("no OpenCL device: opencl is left out");
    } else {
      commands.put("opencl", java("resident", "OPENCL", 1, Slicing.FUSED_CHUNK));
      commands.put("opencl-generated", java("generated", "OPENCL", 1, Slicing.FUSED_CHUNK));
    }
    for (String format : List.of("npy", "csv")) {
      Path file = generated("comparison." + format);
      if (commands.containsKey("opencl")) {
        commands.put("opencl-" + format, java("file", "OPENCL", 1, Slicing.FUSED_CHUNK, file));
      }
      commands.put(
          "fused-" + format, java("file", "FUSED", CORES, Slicing.FUSED_CHUNK, file));
      commands.put(
          "fused-" + format + "-shuffled",
          java("shuffled", "FUSED", CORES, Slicing.FUSED_CHUNK, file));
    }
    Path columns = generated("comparison-columns.npy", "--order=fortran");
    commands.put(
        "fused-npy-columns", java("file", "FUSED", CORES, Slicing.FUSED_CHUNK, columns));
    Path loop = Path.of("target", "one_pass");
    List<Object> compile = new ArrayList<>(C_COMPILER);
    if (System.getProperty("os.arch").equals("amd64")) {
      compile.add("-mprefer-vector-width=512");
    }
    compile.addAll(List.of("src/benchmark/c/one_pass.c", "-o", loop));
    if (runs(compile.toArray())) {
      commands.put("c-one-thread", List.of(loop.toString()));
    } else {
      System.out.println("the C loop could not be compiled: it is left out");
    }
    String python = System.getenv().getOrDefault("SUMNET_PYTHON", "python3");
    if (runs(python, "-c", "import torch")) {
      commands.put("pytorch", List.of(python, "src/benchmark/python/pytorch_step.py"));
    } else {
      System.out.println("no PyTorch for " + python + " (SUMNET_PYTHON names another): left out");
    }
    return commands;
  }

  /** More samples than any cache holds. */
  private static Path generated(String name, String... options)
      throws IOException, InterruptedException {
    Path file = Path.of("target", name);
    List<String> command = jvm("io.github.sumnet.cli.Sumnet");
    command.addAll(List.of("generate", file.toString(), "--samples=20000000", "--precision=float"));
    command.add("--force");
    command.addAll(List.of(options));
    if (!runs(command.toArray())) {
      throw new IOException(file + " could not be generated");
    }
    return file;
  }

  private static List<String> java(Object... arguments) {
    List<String> command = jvm(StepRounds.class.getName());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return command;
  }

  private static List<String> jvm(String mainClass) {
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return command;
  }

  private static boolean runs(Object... command) throws IOException, InterruptedException {
    Files.createDirectories(Path.of("target"));
    try {
      return new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notFound) {
      return false;
    }
  }

  private static void compare(int batchSize, Map<String, List<String>> commands)
      throws IOException {
    Map<String, Contestant> contestants = new LinkedHashMap<>();
    Map<String, double[]> micros = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, List<String>> each : commands.entrySet()) {
        contestants.put(each.getKey(), new Contestant(each.getValue(), batchSize));
        micros.put(each.getKey(), new double[ROUNDS]);
      }
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        for (Map.Entry<String, Contestant> each : contestants.entrySet()) {
          double time = each.getValue().microsPerStep();
          if (round >= 0) {
            micros.get(each.getKey())[round] = time;
          }
        }
      }
    } finally {
      contestants.values().forEach(Contestant::close);
    }
    print(batchSize, micros);
  }

  private static void print(int batchSize, Map<String, double[]> micros) {
    System.out.printf(
        Locale.ROOT,
        "batch of %,d %24s %12s %16s %16s %16s%n",
        batchSize,
        "microseconds a step",
        "ns a sample",
        "DL4J fit/this",
        "this/C loop",
        "this/fused");
    micros.forEach(
        (name, times) ->
            System.out.printf(
                Locale.ROOT,
                "  %-18s %26s %12.2f %16s %16s %16s%n",
                name,
                summary(times, "%.4g [%.4g, %.4g]"),
                sorted(times)[ROUNDS / 2] * 1e3 / batchSize,
                ratio(micros.get("DL4J fit"), times),
                ratio(times, micros.get("c-one-thread")),
                ratio(times, micros.get("fused"))));
    System.out.println();
  }

  private static String ratio(double[] times, double[] divisors) {
    if (times == null || divisors == null) {
      return "";
    }
    double[] ratios = new double[ROUNDS];
    Arrays.setAll(ratios, i -> times[i] / divisors[i]);
    return String.format(Locale.ROOT, "%.3g", sorted(ratios)[ROUNDS / 2]);
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

  /** A process that runs a round of steps whenever it is asked to. */
  private static final class Contestant implements AutoCloseable {
    private final Process process;
    private final PrintWriter requests;
    private final BufferedReader answers;

    Contestant(List<String> command, int batchSize) throws IOException {
      List<String> complete = new ArrayList<>(command);
      complete.add(Integer.toString(batchSize));
      process =
          new ProcessBuilder(complete).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
