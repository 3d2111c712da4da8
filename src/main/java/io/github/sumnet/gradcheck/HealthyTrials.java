package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.step.Evidence;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Random trials of an engine that is believed to be right, to find out how often the check raises a
 * false alarm. Trial i is a pure function of the seed and i.
 */
public final class HealthyTrials {
  private static final double TOLERANCE = 1e-3;

  private final List<CheckedNetwork> networks;
  private final long seed;
  private final long trials;
  private final LongConsumer onTrial;
  private final AtomicLong next = new AtomicLong();

  private HealthyTrials(
      List<CheckedNetwork> networks, long seed, long trials, LongConsumer onTrial) {
    this.networks = networks;
    this.seed = seed;
    this.trials = trials;
    this.onTrial = onTrial;
  }

  /**
   * Runs the trials, on as many threads as there are cores.
   *
   * @param networks what is tried in turn; engines with one thread each
   * @param onTrial is told how many trials have begun, by any thread
   * @return the results by precision
   */
  public static List<TrialResult> run(
      List<CheckedNetwork> networks, long seed, long trials, LongConsumer onTrial)
      throws InterruptedException {
    return new HealthyTrials(networks, seed, trials, onTrial).run();
  }

  private List<TrialResult> run() throws InterruptedException {
    int workers = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<List<TrialResult>>> futures = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        futures.add(threads.submit(this::work));
      }
      List<TrialResult> sums = none();
      for (Future<List<TrialResult>> future : futures) {
        sums = sum(sums, future.get());
      }
      return sums;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a trial could not be run", failed.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private List<TrialResult> work() throws InterruptedException {
    List<Subject> subjects = new ArrayList<>();
    try {
      networks.forEach(network -> subjects.add(network.open()));
      List<TrialResult> results = none();
      for (long i = next.getAndIncrement(); i < trials; i = next.getAndIncrement()) {
        int chosen = (int) (i % networks.size());
        TrialResult result = trial(networks.get(chosen), subjects.get(chosen), i);
        results =
            results.stream()
                .map(sum -> sum.precision() == result.precision() ? sum.plus(result) : sum)
                .toList();
        onTrial.accept(i + 1);
      }
      return results;
    } finally {
      subjects.forEach(Subject::close);
    }
  }

  private TrialResult trial(CheckedNetwork network, Subject subject, long i)
      throws InterruptedException {
    Random random = new Random(SplitMix64.mix(seed * SplitMix64.GOLDEN_GAMMA + i));
    Judge judge = network.judge();
    Evidence step = judge.watch(network.random(random), subject).get(0);
    boolean alarm = false;
    long values = 0;
    long inconclusive = 0;
    double worst = 0;
    boolean toleranceAlarm = false;
    for (StageResult stage : judge.compare(0, step)) {
      alarm |= stage.isWrong();
      values += stage.checked();
      inconclusive += stage.inconclusive();
      worst = Math.max(worst, stage.worstErrorOverBound());
      if (stage.stage().equals(Stage.MEAN)) {
        toleranceAlarm =
            stage.components().stream().anyMatch(c -> !(c.relativeError() <= TOLERANCE));
      }
    }
    return new TrialResult(
        network.precision(), 1, alarm ? 1 : 0, values, inconclusive, worst, toleranceAlarm ? 1 : 0);
  }

  private static List<TrialResult> none() {
    return List.of(TrialResult.none(Precision.FLOAT), TrialResult.none(Precision.DOUBLE));
  }

  private static List<TrialResult> sum(List<TrialResult> one, List<TrialResult> other) {
    List<TrialResult> sums = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      sums.add(one.get(i).plus(other.get(i)));
    }
    return sums;
  }
}
