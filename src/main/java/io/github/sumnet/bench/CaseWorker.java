package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.Nd4jSettings;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.design.Form;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.factory.Nd4j;

/** Measures the cases of one engine on one device, one after another. */
final class CaseWorker {
  /** Generating and copying leave nothing to the garbage collector. */
  private static final double WINDOW_SECONDS = 0.02;

  private static final int SMALL_BATCH = 32;

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

  Answer answer(Request request) throws InterruptedException {
    return switch (request.kind()) {
      case PREPARE -> Answer.of(prepare(request.benchCase()));
      case WARM_UP -> Answer.of(warmUp());
      case REPEAT -> Answer.of(timer.repeat());
      case FINISH -> Answer.of(finish());
    };
  }

  private Answer.Prepared prepare(BenchCase benchCase) throws InterruptedException {
    release();
    double check = check(benchCase);
    memory = new PeakMemory(benchCase.device(), deviceNumber);
    steps = Steps.of(benchCase, deviceNumber, threads, seed);
    Answer.Timed data = timed(steps::generate);
    Answer.Timed copy = steps.copies() ? timed(steps::load) : Answer.Timed.NOTHING;
    current = benchCase;
    timer = new StepTimer(steps);
    return new Answer.Prepared(check, data, copy);
  }

  private Answer.Timed timed(Runnable work) throws InterruptedException {
    WarmUp warmUp =
        WarmUp.of(
            current == null ? SteadyState.ofNewProcess() : SteadyState.ofWarmProcess(),
            WINDOW_SECONDS,
            count -> {
              for (long i = 0; i < count; i++) {
                work.run();
              }
            });
    return new Answer.Timed(warmUp.secondsPerRun(), warmUp.steady());
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

  private Answer.WarmedUp warmUp() throws InterruptedException {
    double seconds = warm ? 0 : warmUpProcess();
    WarmUp own = timer.warmUp(SteadyState.ofWarmProcess());
    return new Answer.WarmedUp(seconds + own.seconds(), own.steady());
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
      return new StepTimer(small).warmUp(SteadyState.ofNewProcess()).seconds();
    } finally {
      memory.goOn();
    }
  }

  private BenchRow.Memory finish() {
    steps.awaitDevice();
    BenchRow.Memory held = memory.read();
    release();
    return held;
  }

  /** Lets go of a case: its engine, its data, and ND4J's work space of its size. */
  private void release() {
    if (steps != null) {
      steps.close();
      steps = null;
      timer = null;
      Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
  }
}
