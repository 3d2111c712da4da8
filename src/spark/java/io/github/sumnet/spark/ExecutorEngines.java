package io.github.sumnet.spark;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.StepSum;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.NotCertifiedException;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.network.Weights;
import io.github.sumnet.train.RunPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * What a JVM computes a run's chunks with: its samples, and an engine for each task that is at work
 * at the same time. An engine's kind is checked before its first chunk counts.
 */
final class ExecutorEngines {
  private static final Map<Job, ExecutorEngines> OF_JOBS = new ConcurrentHashMap<>();

  private final RunPlan plan;
  private final Slicing slicing;
  private final Check check;
  private final BatchSource samples;
  private final Map<EngineSpec, Deque<Worker>> idle = new HashMap<>();
  private final Map<EngineSpec, String> refusals = new HashMap<>();

  /** Judges an engine like the one that is to compute. */
  interface Check {
    GradientReport of(EngineSpec engine) throws InterruptedException;
  }

  ExecutorEngines(Job job, Check check) {
    plan = job.plan();
    slicing = plan.training().slicing();
    this.check = check;
    samples = Job.samples(plan);
  }

  /** This JVM's. */
  static ExecutorEngines of(Job job) {
    return OF_JOBS.computeIfAbsent(
        job,
        unknown -> {
          long seed = job.plan().training().seed();
          return new ExecutorEngines(job, engine -> GradientCheck.run(engine, Form.SHORT, seed));
        });
  }

  /** Puts another one in its place. */
  static void use(Job job, ExecutorEngines engines) {
    OF_JOBS.put(job, engines);
  }

  /** Frees what this JVM has for a run, which is over. */
  static void close(Job job) {
    ExecutorEngines executor = OF_JOBS.remove(job);
    if (executor != null) {
      executor.close();
    }
  }

  Outcome compute(Share share) throws InterruptedException {
    EngineSpec engine = spec();
    String notice = admit(engine);
    String refusal = refusals.get(engine);
    if (refusal != null) {
      return new Outcome(List.of(), notice, refusal);
    }
    Worker worker = take(engine);
    try {
      return new Outcome(worker.compute(share), notice, null);
    } finally {
      giveBack(engine, worker);
    }
  }

  private EngineSpec spec() {
    TaskContext task = TaskContext.get();
    ResourceInformation gpu = task == null ? null : task.resourcesJMap().get("gpu");
    return spec(plan, gpu == null ? null : gpu.addresses()[0]);
  }

  /**
   * The fused engine takes the GPU that Spark has assigned to the task.
   *
   * @param gpu its address, a number of OpenCL's devices; null if there is none
   */
  static EngineSpec spec(RunPlan plan, String gpu) {
    if (gpu == null || plan.engine() != EngineType.FUSED) {
      return plan.engineSpec(Device.CPU, 0, 1);
    }
    try {
      return plan.engineSpec(Device.OPENCL, Integer.parseUnsignedInt(gpu), 1);
    } catch (NumberFormatException otherAddress) {
      throw new IllegalStateException(
          place()
              + " was assigned the GPU '"
              + gpu
              + "': the discovery script must print the numbers of the OpenCL devices that 'sumnet"
              + " doctor' lists there",
          otherAddress);
    }
  }

  /** Checks an engine that has not been; returns what there is to say of it, else null. */
  private synchronized String admit(EngineSpec engine) throws InterruptedException {
    if (idle.containsKey(engine)) {
      return null;
    }
    BackendBinding.bind(engine.device());
    GradientReport report = check.of(engine);
    idle.put(engine, new ArrayDeque<>());
    try {
      report.requirePass();
    } catch (NotCertifiedException refused) {
      refusals.put(engine, place() + ": " + refused.getMessage());
    }
    return String.format(
        Locale.ROOT,
        "%s: engine %s on %s, %,d values checked: %s",
        place(),
        engine.type(),
        engine.place(),
        report.checked(),
        report.verdict());
  }

  private static String place() {
    SparkEnv spark = SparkEnv.get();
    return spark == null
        ? "this JVM"
        : "executor " + spark.executorId() + " on " + spark.blockManager().blockManagerId().host();
  }

  private synchronized Worker take(EngineSpec engine) {
    Worker free = idle.get(engine).poll();
    return free == null ? new Worker(engine) : free;
  }

  private synchronized void giveBack(EngineSpec engine, Worker worker) {
    idle.get(engine).push(worker);
  }

  private synchronized void close() {
    idle.values().forEach(workers -> workers.forEach(Worker::close));
    idle.clear();
  }

  /** One task's engine at a time. */
  private final class Worker {
    private final Engine engine;
    private final RunQueue queue;

    Worker(EngineSpec spec) {
      double[] zeros = new double[spec.topology().weightCount()];
      engine = Engine.create(spec, Weights.of(spec.topology(), zeros));
      queue = new RunQueue(samples, slicing, spec.precision());
    }

    List<RunSum> compute(Share share) throws InterruptedException {
      engine.model().setWeights(Weights.of(engine.spec().topology(), share.weights()));
      List<RunSum> sums = new ArrayList<>();
      int all = slicing.chunks(share.step());
      for (ChunkRun run : ChunkRun.of(share.from(), share.to(), all)) {
        queue.moveTo(share.step(), run);
        StepSum sum = engine.sum(queue, run.chunks(), share.measureLoss());
        sums.add(new RunSum(run, sum.gradient().toArray(), sum.loss(), sum.samples()));
      }
      return sums;
    }

    void close() {
      engine.close();
    }
  }
}
