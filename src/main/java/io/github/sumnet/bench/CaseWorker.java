package io.github.sumnet.bench;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.Nd4jSettings;
import io.github.sumnet.gradcheck.Form;
import io.github.sumnet.gradcheck.GradientCheck;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.factory.Nd4j;

/** Measures the cases of one engine on one device, one after another. */
final class CaseWorker implements Worker.Service {
  private final int threads;
  private final long seed;
  private final Map<EngineSpec, Double> checkSeconds = new HashMap<>();
  private BenchCase current;
  private Steps steps;
  private StepTimer timer;

  CaseWorker(int threads, long seed) {
    this.threads = threads;
    this.seed = seed;
  }

  @Override
  public Answer answer(Request request) throws InterruptedException {
    return switch (request.kind()) {
      case PREPARE -> Answer.of(prepare(request.benchCase()));
      case WARM_UP -> Answer.of(timer.warmUp());
      case REPEAT -> Answer.of(timer.repeat());
      case FINISH -> Answer.of(finish());
      case LIMITS -> throw new IllegalArgumentException("ceilings are another worker's");
    };
  }

  private Answer.Prepared prepare(BenchCase benchCase) throws InterruptedException {
    let();
    double check = check(benchCase);
    PeakMemory.reset();
    long start = System.nanoTime();
    steps = Steps.of(benchCase, threads, seed);
    long made = System.nanoTime();
    steps.load();
    long loaded = System.nanoTime();
    current = benchCase;
    timer = new StepTimer(steps);
    return new Answer.Prepared(check, (made - start) / 1e9, (loaded - made) / 1e9);
  }

  /**
   * Nothing is measured unchecked. DL4J's fit makes the same passes as its engine, bit for bit; the
   * check of that leaves ND4J's settings as they were.
   */
  private double check(BenchCase benchCase) throws InterruptedException {
    EngineSpec spec = Steps.spec(benchCase, threads);
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

  private BenchRow.Memory finish() {
    Engine.awaitDevice();
    BenchRow.Memory memory = PeakMemory.read(current.device());
    let();
    return memory;
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
