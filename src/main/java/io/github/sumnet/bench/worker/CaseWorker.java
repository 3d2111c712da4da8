package io.github.sumnet.bench.worker;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.Message;
import io.github.sumnet.bench.statistics.Medians;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.Nd4jSettings;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.design.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.factory.Nd4j;

/** Measures the cases of one engine on one device, one after another. */
final class CaseWorker {
  /** Generating and copying leave nothing to the garbage collector. */
  private static final double WINDOW_SECONDS = 0.02;

  /** Shorter than the time that a system gives to one process after another. */
  private static final double BURST_SECONDS = 0.0005;

  private static final int BURSTS = 31;

  private static final int SMALL_BATCH = 32;

  /** So much of the longest warm-up at most is a new process's: the rest is for its first row. */
  private static final double PROCESS_SHARE = 0.75;

  private final int deviceNumber;
  private final int threads;
  private final long seed;
  private final Map<EngineSpec, Double> checkSeconds = new HashMap<>();
  private BenchCase current;
  private PeakMemory memory;
  private Steps steps;
  private StepTimer timer;
  private boolean warm;

  /**
   * Measures with so many threads.
   *
   * @param deviceNumber which of the machine's OpenCL devices; 0 for another device
   */
  CaseWorker(int deviceNumber, int threads, long seed) {
    this.deviceNumber = deviceNumber;
    this.threads = threads;
    this.seed = seed;
  }

  Message answer(Message request) throws InterruptedException {
    if (request instanceof Message.Prepare prepare) {
      return prepare(prepare.benchCase());
    } else if (request instanceof Message.WarmUp) {
      return warmUp();
    } else if (request instanceof Message.Repeat) {
      return timer.repeat();
    } else if (request instanceof Message.Finish) {
      return finish();
    }
    throw new IllegalArgumentException("a worker is not asked for " + request);
  }

  private Message.Prepared prepare(BenchCase benchCase) throws InterruptedException {
    release();
    double check = check(benchCase);
    memory = new PeakMemory(benchCase.device(), deviceNumber);
    steps = Steps.of(benchCase, deviceNumber, threads, seed);
    if (steps.copies()) {
      steps.load();
    }
    current = benchCase;
    timer = new StepTimer(steps);
    return new Message.Prepared(check);
  }

  /**
   * Nothing is measured unchecked. DL4J's fit makes the same passes as its engine, bit for bit; the
   * check of that leaves ND4J's settings as they were.
   */
  private double check(BenchCase benchCase) throws InterruptedException {
    EngineSpec spec = Steps.spec(benchCase, deviceNumber, threads);
    Double known = checkSeconds.get(spec);
    if (known != null) {
      return known;
    }
    long start = System.nanoTime();
    if (benchCase.engine() == BenchEngine.DL4J_FIT && benchCase.device() == Device.CPU) {
      Nd4jSettings before = Nd4jSettings.inForce();
      GradientCheck.run(spec, Form.SHORT, seed).requirePass();
      before.apply();
    } else {
      GradientCheck.run(spec, Form.SHORT, seed).requirePass();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    checkSeconds.put(spec, seconds);
    return seconds;
  }

  /** Steps first: until they are steady the JIT compiler has other things to do than the rest. */
  private Message.WarmedUp warmUp() throws InterruptedException {
    boolean first = !warm;
    double seconds = first ? warmUpProcess() : 0;
    WarmUp own =
        timer.warmUp(SteadyState.ofWarmProcess(), BenchPlan.MOST_WARM_UP_SECONDS - seconds);
    return new Message.WarmedUp(
        seconds + own.seconds(),
        own.steady(),
        timed(state(first), steps::generate),
        steps.copies() ? timed(state(first), steps::load) : Message.Timed.NOTHING);
  }

  private static SteadyState state(boolean first) {
    return first ? SteadyState.ofNewProcess() : SteadyState.ofWarmProcess();
  }

  /** The median of short bursts: other processes, if there are any, interrupt few of them. */
  private static Message.Timed timed(SteadyState state, Runnable work) throws InterruptedException {
    WarmUp.Work runs =
        count -> {
          for (long i = 0; i < count; i++) {
            work.run();
          }
        };
    WarmUp warmUp = WarmUp.of(state, WINDOW_SECONDS, BenchPlan.MOST_WARM_UP_SECONDS, runs);
    long count = Math.max(1, Math.round(BURST_SECONDS / warmUp.secondsPerRun()));
    List<Double> bursts = new ArrayList<>();
    for (int i = 0; i < BURSTS; i++) {
      long start = System.nanoTime();
      runs.run(count);
      bursts.add((System.nanoTime() - start) / 1e9 / count);
    }
    return new Message.Timed(Medians.median(bursts), warmUp.steady());
  }

  /**
   * The JIT compiler optimises what was called some thousand times, which large batches take
   * minutes for: so that a row's rate does not depend on the rows before it, every process begins
   * with small ones.
   */
  private double warmUpProcess() throws InterruptedException {
    warm = true;
    memory.pause();
    try (Steps small = Steps.of(current.withBatchSize(SMALL_BATCH), deviceNumber, threads, seed)) {
      if (small.copies()) {
        small.load();
      }
      return new StepTimer(small)
          .warmUp(SteadyState.ofNewProcess(), PROCESS_SHARE * BenchPlan.MOST_WARM_UP_SECONDS)
          .seconds();
    } finally {
      memory.goOn();
    }
  }

  private Message.Finished finish() {
    steps.awaitDevice();
    Memory held = memory.read();
    release();
    return new Message.Finished(held);
  }

  /** Closes a case: its engine, its data, and ND4J's work space of its size. */
  private void release() {
    if (steps != null) {
      steps.close();
      steps = null;
      timer = null;
      Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
  }
}
