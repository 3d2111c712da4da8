package io.github.sumnet.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own: ND4J binds its backend once per JVM. */
final class ChildJvm {
  /** What the process left behind. */
  record Outcome(int exitCode, String out, String err, Duration took) {}

  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  private static final int PATIENCE_SECONDS = 120;

  private final String classPath;
  private final Path folder;

  private ChildJvm(String classPath, Path folder) {
    this.classPath = classPath;
    this.folder = folder;
  }

  /** A JVM with this build's class path; its output goes through files in the folder. */
  static ChildJvm ofThisBuild(Path folder) {
    return new ChildJvm(CLASS_PATH, folder);
  }

  /** A JVM with the class path of a build without CUDA, whatever this build is. */
  static ChildJvm withoutCuda(Path folder) {
    String kept =
        Arrays.stream(CLASS_PATH.split(File.pathSeparator, -1))
            .filter(entry -> !Path.of(entry).getFileName().toString().matches(".*cuda-11.*jar"))
            .collect(Collectors.joining(File.pathSeparator));
    return new ChildJvm(kept, folder);
  }

  /** Where the JVM's output goes, and other files may. */
  Path folder() {
    return folder;
  }

  Outcome run(Class<?> main, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String options = System.getProperty("sumnet.jvm.options", "");
    Arrays.stream(options.split(" ", -1)).filter(s -> !s.isBlank()).forEach(command::add);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "LD_LIBRARY_PATH"));
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(command + " still runs after " + PATIENCE_SECONDS + " s");
      }
    } finally {
      process.destroyForcibly();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err), took);
  }
}
