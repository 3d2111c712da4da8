package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.Nd4jSettings;
import io.github.sumnet.gradcheck.Form;
import io.github.sumnet.gradcheck.GradientCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.factory.Nd4j;

/** Measures the cases of one engine on one device, one after another. */
final class CaseWorker {
  /** How long generating and copying are each repeated at least. */
  private static final long PART_NANOS = 60_000_000;

  /** And generating in a process's first case, until the JIT compiler has seen to it. */
  private static final long WARM_UP_NANOS = 400_000_000;

  private static final int LEAST_RUNS = 4;
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
    let();
    double check = check(benchCase);
    memory = new PeakMemory(benchCase.device(), deviceNumber);
    steps = Steps.of(benchCase, deviceNumber, threads, seed);
    double generating = seconds(steps::generate, current == null ? WARM_UP_NANOS : PART_NANOS);
    double copying = steps.copies() ? seconds(steps::load, PART_NANOS) : 0;
    current = benchCase;
    timer = new StepTimer(steps);
    return new Answer.Prepared(check, generating, copying);
  }

  /** The median time of one run, the first half of the runs left out as the warm-up. */
  private static double seconds(Runnable work, long least) {
    List<Double> seconds = new ArrayList<>();
    long start = System.nanoTime();
    for (long now = start; now - start < least || seconds.size() < LEAST_RUNS; ) {
      work.run();
      long end = System.nanoTime();
      seconds.add((end - now) / 1e9);
      now = end;
    }
    return Sample.median(seconds.subList(seconds.size() / 2, seconds.size()));
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
    Answer.WarmedUp own = timer.warmUp();
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
      return new StepTimer(small).warmUpProcess();
    } finally {
      memory.goOn();
    }
  }

  private BenchRow.Memory finish() {
    steps.awaitDevice();
    BenchRow.Memory held = memory.read();
    let();
    return held;
  }

  /** Lets go of a case: its engine, its data, and ND4J's work space of its size. */
  private void let() {
    if (steps != null) {
      steps.close();
      steps = null;
      timer = null;
      Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
  }
}
