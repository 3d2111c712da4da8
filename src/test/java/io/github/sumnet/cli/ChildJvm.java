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
import java.util.stream.Stream;

/** Runs a main class in a JVM of its own: ND4J binds its backend once per JVM. */
final class ChildJvm {
  /** What the process left behind. */
  record Outcome(int exitCode, String out, String err, Duration took) {
    /** The lines of its standard error that are not the JVM's own. */
    Stream<String> complaints() {
      return err.lines()
          .filter(line -> !line.startsWith("NOTE") && !line.startsWith("WARNING: java.io.tmpdir"));
    }
  }

  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  private static final int PATIENCE_SECONDS = 120;

  private final List<String> launcher;
  private final List<String> options;
  private final String classPath;
  private final Path folder;

  private ChildJvm(List<String> launcher, List<String> options, String classPath, Path folder) {
    this.launcher = launcher;
    this.options = options;
    this.classPath = classPath;
    this.folder = folder;
  }

  /** A JVM with this build's class path; its output goes through files in the folder. */
  static ChildJvm ofThisBuild(Path folder) {
    return new ChildJvm(List.of(), List.of(), CLASS_PATH, folder);
  }

  /** A JVM with the class path of a build without CUDA, whatever this build is. */
  static ChildJvm withoutCuda(Path folder) {
    return new ChildJvm(List.of(), List.of(), classPathWithoutCuda(), folder);
  }

  static String classPathWithoutCuda() {
    return classPathWithout(".*cuda-11.*jar");
  }

  private static String classPathWithout(String files) {
    return Arrays.stream(CLASS_PATH.split(File.pathSeparator, -1))
        .filter(entry -> !Path.of(entry).getFileName().toString().matches(files))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A JVM with this build's class path but for some jars, whose names match a pattern. */
  static ChildJvm without(String files, Path folder) {
    return new ChildJvm(List.of(), List.of(), classPathWithout(files), folder);
  }

  /** The same JVM started by a command that ends in running its arguments. */
  ChildJvm startedBy(String... command) {
    return new ChildJvm(List.of(command), options, classPath, folder);
  }

  /** The value of LD_PRELOAD that puts a library behind those that are preloaded here. */
  static String preloading(Path library) {
    String before = System.getenv("LD_PRELOAD");
    return before == null ? library.toString() : before + ":" + library;
  }

  /** The same JVM with options of its own. */
  ChildJvm with(String... jvmOptions) {
    return new ChildJvm(launcher, List.of(jvmOptions), classPath, folder);
  }

  /** Where the JVM's output goes, and other files may. */
  Path folder() {
    return folder;
  }

  Outcome run(Class<?> main, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    return start(main, environment, args).await();
  }

  /** Starts the JVM and leaves it to the caller to await it. */
  Running start(Class<?> main, Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String shared = System.getProperty("sumnet.jvm.options", "");
    Arrays.stream(shared.split(" ", -1)).filter(s -> !s.isBlank()).forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "LD_LIBRARY_PATH"));
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    return new Running(builder.start(), out, err, start);
  }

  /** A JVM at work. */
  record Running(Process process, Path out, Path err, long startNanos) {
    Outcome await() throws IOException, InterruptedException {
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError(
              process.info().commandLine() + " still runs after " + PATIENCE_SECONDS + " s");
        }
      } finally {
        process.destroyForcibly();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err), took);
    }
  }
}
