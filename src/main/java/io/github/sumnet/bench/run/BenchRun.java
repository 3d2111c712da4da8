package io.github.sumnet.bench.run;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Measures what a journal still lacks. A fork is a set of processes, one for each engine on each
 * device; they take turns, repetition by repetition, so that a machine that drifts hits all alike.
 */
public final class BenchRun {
  private final BenchJournal journal;
  private final BenchPlan plan;
  private final BooleanSupplier interrupted;
  private BenchListener listener;

  /**
   * A run that goes on where the journal ends.
   *
   * @param interrupted asked all the time; true ends the run
   */
  public BenchRun(BenchJournal journal, BooleanSupplier interrupted) {
    this.journal = journal;
    this.plan = journal.plan();
    this.interrupted = interrupted;
  }

  /**
   * Measures every row that the journal lacks.
   *
   * @param watching is told how it goes
   * @return whether everything is measured that can be; false if the run was interrupted
   * @throws IOException if the journal cannot be written, or no process can be started
   */
  public boolean run(BenchListener watching) throws IOException {
    listener = watching;
    try {
      int fork = journal.visits().stream().mapToInt(Visit::fork).max().orElse(0);
      while (!missing().isEmpty()) {
        fork(++fork);
      }
      return true;
    } catch (StoppedException stopped) {
      return false;
    }
  }

  /** How many visits are left if all goes well: in a fork a first, a last, and the repetitions. */
  public long visitsLeft() {
    int perFork = plan.repetitionsPerFork();
    return missing().values().stream()
        .mapToLong(count -> count + 2L * ((count + perFork - 1) / perFork))
        .sum();
  }

  /** The cases that lack repetitions, and how many. */
  private Map<BenchCase, Integer> missing() {
    Map<BenchCase, Integer> missing = new LinkedHashMap<>();
    plan.cases().stream()
        .filter(each -> journal.environment().problem(each.device()) == null)
        .forEach(each -> missing.put(each, plan.repetitions()));
    for (Visit visit : journal.visits()) {
      if (visit.said() instanceof Message.Repeated) {
        missing.merge(visit.benchCase(), -1, Integer::sum);
      }
      if (visit.said() instanceof Message.Failed) {
        missing.remove(visit.benchCase());
      }
    }
    missing.values().removeIf(count -> count <= 0);
    return missing;
  }

  private void fork(int fork) throws IOException {
    Map<BenchCase, Integer> missing = missing();
    listener.fork(fork, missing.size());
    MachineLoad load = new MachineLoad();
    List<BenchCase> cases = List.copyOf(missing.keySet());
    try (Workers workers = new Workers(plan, journal.environment(), interrupted, cases)) {
      for (List<BenchCase> group : groups(cases)) {
        visit(fork, group, missing, workers);
      }
      Double busyCores = load.busyCores(workers.processes());
      if (busyCores != null) {
        journal.add(Visit.endOfFork(fork, busyCores));
      }
    }
  }

  /** Neighbours on the same batch and network, each worker at most once. */
  private static List<List<BenchCase>> groups(List<BenchCase> cases) {
    List<List<BenchCase>> groups = new ArrayList<>();
    List<BenchCase> group = new ArrayList<>();
    for (BenchCase each : cases) {
      if (!group.isEmpty() && !fits(group, each)) {
        groups.add(group);
        group = new ArrayList<>();
      }
      group.add(each);
    }
    groups.add(group);
    return groups;
  }

  private static boolean fits(List<BenchCase> group, BenchCase next) {
    return group.get(0).batchSize() == next.batchSize()
        && group.get(0).hidden() == next.hidden()
        && group.stream().noneMatch(each -> Workers.Key.of(each).equals(Workers.Key.of(next)));
  }

  private void visit(
      int fork, List<BenchCase> group, Map<BenchCase, Integer> missing, Workers workers)
      throws IOException {
    List<BenchCase> warm = new ArrayList<>();
    for (BenchCase each : group) {
      if (tried(fork, each, workers, worker -> warmUp(fork, each, worker))) {
        warm.add(each);
      }
    }
    for (int round = 0; round < plan.repetitionsPerFork(); round++) {
      for (BenchCase each : List.copyOf(warm)) {
        if (round < missing.get(each)
            && !tried(fork, each, workers, worker -> repeat(fork, each, worker))) {
          warm.remove(each);
        }
      }
      // Nobody is always first.
      Collections.reverse(warm);
    }
    for (BenchCase each : warm) {
      tried(fork, each, workers, worker -> finish(fork, each, worker));
    }
  }

  private interface Attempt {
    void make(WorkerProcess worker) throws IOException, WorkerFailure;
  }

  /** Writes down what came of an attempt; returns whether it succeeded. */
  private boolean tried(int fork, BenchCase benchCase, Workers workers, Attempt attempt)
      throws IOException {
    if (interrupted.getAsBoolean()) {
      throw new StoppedException();
    }
    try {
      attempt.make(workers.of(benchCase));
      listener.visited(benchCase);
      return true;
    } catch (WorkerFailure failure) {
      if (failure.endsProcess()) {
        workers.end(benchCase);
      }
      journal.add(new Visit(fork, benchCase, new Message.Failed(failure.getMessage())));
      listener.failed(benchCase, failure.getMessage());
      return false;
    }
  }

  private void warmUp(int fork, BenchCase benchCase, WorkerProcess worker)
      throws IOException, WorkerFailure {
    listener.begins(benchCase, BenchListener.Task.PREPARATION);
    Message.Started started = worker.started();
    Message.Prepared prepared = worker.ask(new Message.Prepare(benchCase), Message.Prepared.class);
    listener.begins(benchCase, BenchListener.Task.WARM_UP);
    Message.WarmedUp warmedUp = worker.ask(new Message.WarmUp(), Message.WarmedUp.class);
    for (Message said : List.of(started, prepared, warmedUp)) {
      journal.add(new Visit(fork, benchCase, said));
    }
  }

  private void repeat(int fork, BenchCase benchCase, WorkerProcess worker)
      throws IOException, WorkerFailure {
    listener.begins(benchCase, BenchListener.Task.REPETITION);
    journal.add(
        new Visit(fork, benchCase, worker.ask(new Message.Repeat(), Message.Repeated.class)));
  }

  private void finish(int fork, BenchCase benchCase, WorkerProcess worker)
      throws IOException, WorkerFailure {
    journal.add(
        new Visit(fork, benchCase, worker.ask(new Message.Finish(), Message.Finished.class)));
  }
}
