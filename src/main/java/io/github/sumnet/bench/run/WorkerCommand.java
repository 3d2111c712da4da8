package io.github.sumnet.bench.run;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.worker.Worker;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineType;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a worker's JVM is started: with this JVM's class path and options, but for those that would
 * slow it down, or that are for one JVM only.
 */
final class WorkerCommand {
  private static final String VECTORS = "jdk.incubator.vector";

  /** Less optimisation, class-data archives, logs, debuggers and profilers. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "-XX:TieredStopAtLevel",
          "-XX:SharedArchiveFile",
          "-XX:+VerifySharedSpaces",
          "-XX:ArchiveClassesAtExit",
          "-XX:StartFlightRecording",
          "-Xlog",
          "-Dsumnet.worker.archive",
          "-Xrunjdwp",
          "-agent",
          "-javaagent",
          "--add-modules=" + VECTORS);

  /** The launcher's archive of parsed classes for processes that load ND4J. */
  private static final String ARCHIVE = System.getProperty("sumnet.worker.archive");

  private WorkerCommand() {}

  /**
   * A worker that measures cases of an engine.
   *
   * @param number which of the machine's OpenCL devices; 0 for another device
   */
  static ProcessBuilder of(Device device, int number, BenchEngine engine, BenchPlan plan) {
    List<String> command = jvm(engine.type() == EngineType.FUSED);
    command.addAll(
        List.of(
            Integer.toString(plan.threads()),
            Long.toString(plan.seed()),
            device.name(),
            Integer.toString(number)));
    ProcessBuilder builder = new ProcessBuilder(command);
    if (plan.threadsGiven()) {
      // Nothing else tells DL4J's own fit.
      builder.environment().put("OMP_NUM_THREADS", Integer.toString(plan.threads()));
    }
    return builder;
  }

  private static List<String> jvm(boolean vectors) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    if (ARCHIVE != null) {
      command.addAll(
          List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-XX:+VerifySharedSpaces", "-Xlog:cds=off"));
    }
    if (vectors && ModuleFinder.ofSystem().find(VECTORS).isPresent()) {
      command.add("--add-modules=" + VECTORS);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    return command;
  }

  /** The options of this JVM that a worker's gets as well. */
  static List<String> inherited(List<String> options) {
    return options.stream()
        .filter(option -> NOT_INHERITED.stream().noneMatch(option::startsWith))
        .toList();
  }
}
