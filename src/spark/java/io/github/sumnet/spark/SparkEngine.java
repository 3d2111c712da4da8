package io.github.sumnet.spark;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.ErrorSum;
import io.github.sumnet.engine.StepSum;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.engine.chunk.ChunkSum;
import io.github.sumnet.engine.chunk.HostSum;
import io.github.sumnet.engine.chunk.TreeSum;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.train.WorkerRefusedException;
import io.github.sumnet.train.WorkersLostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * An engine of the driver whose steps' chunks are computed by executors: the weights go out with
 * the tasks, and the sums of runs of chunks come back, some for each level of the tree and task.
 * All else is done by the local engine.
 */
final class SparkEngine implements Engine {
  private static final long POLL_MILLIS = 500;

  /** What executors are given to start, at least. */
  private static final long SECONDS_TO_START = 120;

  private final JavaSparkContext context;
  private final Engine local;
  private final Job job;
  private final Consumer<String> notices;
  private long patienceSeconds;

  /**
   * An engine that owns what it is given.
   *
   * @param notices is told about executors that have been checked
   */
  SparkEngine(JavaSparkContext context, Engine local, Job job, Consumer<String> notices) {
    this.context = context;
    this.local = local;
    this.job = job;
    this.notices = notices;
    patienceSeconds = Math.max(patience(), SECONDS_TO_START);
  }

  private long patience() {
    return context.getConf().getTimeAsSeconds(SparkCluster.PATIENCE);
  }

  @Override
  public EngineSpec spec() {
    return local.spec();
  }

  @Override
  public Dl4jModel model() {
    return local.model();
  }

  /** {@inheritDoc} Here, by the local engine. */
  @Override
  public StepSum sum(ChunkQueue queue, int chunks, boolean measureLoss)
      throws InterruptedException {
    return local.sum(queue, chunks, measureLoss);
  }

  @Override
  public void apply(StepSum sum, int epoch) {
    local.apply(sum, epoch);
  }

  /**
   * {@inheritDoc} The chunks are not taken from the queue: executors read those of the step that
   * the model has come to themselves.
   *
   * @throws WorkersLostException if no executor is left
   * @throws WorkerRefusedException if an executor's gradients are wrong
   */
  @Override
  public double step(ChunkQueue queue, int chunks, int epoch, boolean measureLoss)
      throws InterruptedException {
    long step = model().iteration();
    double[] weights = model().weights().toArray();
    int tasks = Math.min(chunks, Math.max(1, context.defaultParallelism()));
    List<Share> shares = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      int from = (int) ((long) chunks * task / tasks);
      int to = (int) ((long) chunks * (task + 1) / tasks);
      shares.add(new Share(step, weights, from, to, measureLoss));
    }
    JavaRDD<Outcome> outcomes = context.parallelize(shares, tasks).map(new ShareTask(job));
    StepSum sum = total(chunks, await(outcomes.collectAsync()));
    patienceSeconds = patience();
    apply(sum, epoch);
    return sum.loss() / sum.samples();
  }

  /** The sum of a step from those of its runs. */
  private StepSum total(int chunks, List<Outcome> outcomes) {
    outcomes.stream().map(Outcome::notice).filter(n -> n != null).forEach(notices);
    for (Outcome outcome : outcomes) {
      if (outcome.refusal() != null) {
        throw new WorkerRefusedException(outcome.refusal());
      }
    }
    Topology topology = spec().topology();
    try (TreeSum tree = new TreeSum(chunks)) {
      for (Outcome outcome : outcomes) {
        for (RunSum sum : outcome.sums()) {
          HostSum gradient = new HostSum(sum.gradient(), spec().precision());
          tree.add(
              sum.run().level(),
              sum.run().place(),
              new ChunkSum(gradient, sum.loss(), sum.samples()));
        }
      }
      ChunkSum total = tree.total();
      double[] gradient = ((HostSum) total.gradient()).values();
      return new StepSum(Weights.of(topology, gradient), total.loss(), total.samples());
    }
  }

  private List<Outcome> await(JavaFutureAction<List<Outcome>> action) throws InterruptedException {
    long last = System.nanoTime();
    while (true) {
      try {
        return action.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException atWork) {
        if (hasExecutors()) {
          last = System.nanoTime();
        } else if (System.nanoTime() - last > TimeUnit.SECONDS.toNanos(patienceSeconds)) {
          action.cancel(true);
          throw new WorkersLostException(
              context.master() + " has had no executor for " + patienceSeconds + " s", null);
        }
      } catch (ExecutionException failed) {
        throw new WorkersLostException(
            context.master() + ": " + failed.getCause().getMessage().lines().findFirst().orElse(""),
            failed);
      } catch (InterruptedException interrupted) {
        action.cancel(true);
        throw interrupted;
      }
    }
  }

  /** The driver is on the list as well, and the only one that computes in local mode. */
  private boolean hasExecutors() {
    return context.isLocal() || context.sc().statusTracker().getExecutorInfos().length > 1;
  }

  /** {@inheritDoc} Nothing stays on an executor. */
  @Override
  public void hold(List<Batch> chunks) {}

  @Override
  public void awaitDevice() {
    local.awaitDevice();
  }

  @Override
  public double[] predict(Batch batch) {
    return local.predict(batch);
  }

  @Override
  public ErrorSum errors(ChunkQueue queue, int chunks) throws InterruptedException {
    return local.errors(queue, chunks);
  }

  @Override
  public double loss(ChunkQueue queue, int chunks) throws InterruptedException {
    return local.loss(queue, chunks);
  }

  @Override
  public Trace trace(Batch batch) {
    return local.trace(batch);
  }

  @Override
  public void close() {
    context.close();
    ExecutorEngines.close(job);
    local.close();
  }
}
