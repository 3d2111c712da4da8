package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The workers of one fork: one for each engine on each device, alive at the same time. */
final class Workers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

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
  private final Map<Key, Answer.Started> started = new HashMap<>();

  Workers(BenchPlan plan, BenchEnvironment environment, BooleanSupplier interrupted) {
    this.plan = plan;
    this.environment = environment;
    this.interrupted = interrupted;
  }

  /** Starts all that the cases need, side by side. */
  void start(List<BenchCase> cases) throws IOException {
    Set<Key> keys = new LinkedHashSet<>();
    cases.forEach(each -> keys.add(Key.of(each)));
    for (Key key : keys) {
      int number = environment.number(key.device);
      ProcessBuilder command = WorkerCommand.of(key.device, number, key.engine, plan);
      processes.put(key, new WorkerProcess(command, PATIENCE, interrupted));
    }
  }

  /** The worker for a case, another one if it died before; it is ready when this returns. */
  WorkerProcess of(BenchCase benchCase) throws IOException, WorkerFailure {
    Key key = Key.of(benchCase);
    if (!processes.containsKey(key)) {
      start(List.of(benchCase));
    }
    WorkerProcess process = processes.get(key);
    if (!started.containsKey(key)) {
      started.put(key, started(process));
    }
    return process;
  }

  /** A worker that cannot start is counted as ended, whatever it answers. */
  private static Answer.Started started(WorkerProcess process) throws WorkerFailure {
    try {
      return process.await().started();
    } catch (WorkerFailure failure) {
      throw new WorkerFailure(failure.getMessage(), true);
    }
  }

  /** How long the start of the case's worker took. */
  Answer.Started started(BenchCase benchCase) {
    return started.get(Key.of(benchCase));
  }

  /** Closes and removes a worker that has ended. */
  void remove(BenchCase benchCase) {
    Key key = Key.of(benchCase);
    started.remove(key);
    WorkerProcess process = processes.remove(key);
    if (process != null) {
      process.close();
    }
  }

  @Override
  public void close() {
    processes.values().forEach(WorkerProcess::close);
  }
}
