package io.github.sumnet.bench.run;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.device.Device;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The workers of one fork: one for each engine on each device, alive at the same time. */
final class Workers implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** Which worker measures a case. */
  record Key(Device device, BenchEngine engine) {
    static Key of(BenchCase benchCase) {
      return new Key(benchCase.device(), benchCase.engine());
    }
  }

  private final BenchPlan plan;
  private final BenchEnvironment environment;
  private final BooleanSupplier interrupted;
  private final Map<Key, WorkerProcess> processes = new HashMap<>();
  private final List<ProcessHandle> all = new ArrayList<>();

  /** Starts those that the cases need, side by side. */
  Workers(
      BenchPlan plan,
      BenchEnvironment environment,
      BooleanSupplier interrupted,
      List<BenchCase> cases)
      throws IOException {
    this.plan = plan;
    this.environment = environment;
    this.interrupted = interrupted;
    for (BenchCase each : cases) {
      of(each);
    }
  }

  /** All that were started, dead ones too. */
  List<ProcessHandle> processes() {
    return List.copyOf(all);
  }

  /** The worker for a case, another one if it died before. */
  WorkerProcess of(BenchCase benchCase) throws IOException {
    Key key = Key.of(benchCase);
    WorkerProcess process = processes.get(key);
    if (process == null) {
      ProcessBuilder command =
          WorkerCommand.of(key.device, environment.number(key.device), key.engine, plan);
      process = new WorkerProcess(command, LONGEST_WAIT, interrupted);
      processes.put(key, process);
      all.add(process.handle());
    }
    return process;
  }

  void end(BenchCase benchCase) {
    WorkerProcess process = processes.remove(Key.of(benchCase));
    if (process != null) {
      process.close();
    }
  }

  @Override
  public void close() {
    processes.values().forEach(WorkerProcess::close);
  }
}
