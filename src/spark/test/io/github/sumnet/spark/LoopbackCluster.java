package io.github.sumnet.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A master and workers on 127.0.0.1, by {@code scripts/spark-cluster}, in a folder of their own.
 */
public final class LoopbackCluster implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Path folder;
  private final Map<String, String> environment;
  private final String master;

  private LoopbackCluster(Path folder, Map<String, String> environment) throws IOException {
    this.folder = folder;
    this.environment = environment;
    Outcome started = run("start", "2");
    if (started.exitCode != 0) {
      throw new IOException(started.output);
    }
    master = started.output.strip();
  }

  /** What the script said. */
  public record Outcome(int exitCode, String output) {}

  /** Two workers of one core each. */
  public static LoopbackCluster start(Path folder) throws IOException {
    return start(folder, "");
  }

  /**
   * The same, with options of Spark's for each.
   *
   * @param options as SPARK_WORKER_OPTS has them
   */
  public static LoopbackCluster start(Path folder, String options) throws IOException {
    Map<String, String> environment =
        Map.of(
            "SPARK_WORKER_OPTS",
            options,
            "SPARK_CLUSTER_DIR",
            folder.toString(),
            "SPARK_CLUSTER_PORT",
            Integer.toString(freePort()));
    return new LoopbackCluster(folder, environment);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What {@code --master} takes. */
  public String master() {
    return master;
  }

  /** Runs scripts/spark-cluster on this cluster. */
  public Outcome run(String... arguments) throws IOException {
    return script("spark-cluster", arguments);
  }

  /** Runs a script. */
  public Outcome script(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("scripts/" + name));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "script", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " did not end");
      }
      return new Outcome(process.exitValue(), Files.readString(output, UTF_8));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  /** The process that the script noted: master, worker-1 or worker-2. */
  public ProcessHandle process(String name) throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve(name + ".pid"), UTF_8).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** A worker's executor, if it has one at the moment. */
  public Optional<ProcessHandle> executor(String worker) throws IOException {
    return process(worker).children().filter(ProcessHandle::isAlive).findFirst();
  }

  @Override
  public void close() throws IOException {
    run("stop");
  }
}
