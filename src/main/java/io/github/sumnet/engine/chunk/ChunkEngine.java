package io.github.sumnet.engine.chunk;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.ErrorSum;
import io.github.sumnet.engine.StepSum;
import io.github.sumnet.engine.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes chunk after chunk, in several threads: in ND4J or in plain Java, as its workers have it.
 * The weights stay in the {@link Dl4jModel}.
 *
 * <p>Each thread computes whole chunks, and ND4J's own threads stay out of it on the CPU: so the
 * results have the same bits at any number of threads.
 */
public final class ChunkEngine implements Engine {
  private final EngineSpec spec;
  private final Dl4jModel model;
  private final List<ChunkGradient> workers;
  private final StepRule rule;
  private final ThreadTeam team;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** What makes a step of the model's gradient sum. */
  public interface StepRule {
    /**
     * Takes the step.
     *
     * @param samples how many samples the sum is of
     * @param epoch the epoch that the step belongs to, from 0
     */
    void apply(int samples, int epoch);
  }

  /**
   * An engine for a model.
   *
   * @param worker what a thread computes its chunks with; called once for each thread
   */
  public ChunkEngine(
      EngineSpec spec, Dl4jModel model, Supplier<ChunkGradient> worker, StepRule rule) {
    this.spec = spec;
    this.model = model;
    this.rule = rule;
    workers = Stream.generate(worker).limit(spec.threads()).toList();
    team = new ThreadTeam(workers.size() - 1);
  }

  @Override
  public EngineSpec spec() {
    return spec;
  }

  @Override
  public Dl4jModel model() {
    return model;
  }

  @Override
  public StepSum sum(ChunkQueue queue, int chunks, boolean measureLoss)
      throws InterruptedException {
    ChunkSum sum = chunkSum(queue, chunks, measureLoss);
    return new StepSum(model.gradientVector(), sum.loss(), sum.samples());
  }

  @Override
  public void apply(StepSum sum, int epoch) {
    model.setGradientSum(sum.gradient());
    rule.apply(sum.samples(), epoch);
  }

  @Override
  public double step(ChunkQueue queue, int chunks, int epoch, boolean measureLoss)
      throws InterruptedException {
    ChunkSum sum = chunkSum(queue, chunks, measureLoss);
    rule.apply(sum.samples(), epoch);
    return measureLoss ? sum.loss() / sum.samples() : Double.NaN;
  }

  @Override
  public void hold(List<Batch> chunks) {
    chunks.forEach(workers.get(0)::hold);
    awaitDevice();
  }

  @Override
  public void awaitDevice() {
    Nd4j.getExecutioner().commit();
  }

  @Override
  public double[] predict(Batch batch) {
    return workers.get(0).predict(batch);
  }

  @Override
  public ErrorSum errors(ChunkQueue queue, int chunks) throws InterruptedException {
    ErrorSum[] sums = new ErrorSum[chunks];
    share(
        queue,
        chunks,
        (worker, chunk) -> sums[chunk.position()] = ErrorSum.of(chunk, worker.predict(chunk)));
    return Arrays.stream(sums).reduce(ErrorSum.NONE, ErrorSum::plus);
  }

  /** {@inheritDoc} From the outputs: as precise as the errors are, and no gradient is computed. */
  @Override
  public double loss(ChunkQueue queue, int chunks) throws InterruptedException {
    double[] squares = new double[chunks];
    share(
        queue, chunks, (worker, chunk) -> squares[chunk.position()] = worker.squaredErrors(chunk));
    double sum = 0;
    for (double each : squares) {
      sum += each;
    }
    return sum / 2;
  }

  @Override
  public Trace trace(Batch batch) {
    return workers.get(0).trace(batch);
  }

  /** The sum of the next chunks, whose gradient is then the model's. */
  private ChunkSum chunkSum(ChunkQueue queue, int chunks, boolean measureLoss)
      throws InterruptedException {
    try (TreeSum tree = new TreeSum(chunks)) {
      share(
          queue,
          chunks,
          (worker, chunk) -> tree.add(chunk.position(), worker.sum(chunk, measureLoss)));
      ChunkSum total = tree.total();
      total.gradient().storeIn(model);
      return total;
    }
  }

  /** Lets the threads share out the next chunks. */
  private void share(ChunkQueue queue, int chunks, BiConsumer<ChunkGradient, Batch> computation)
      throws InterruptedException {
    failure.set(null);
    int members = Math.min(workers.size(), chunks);
    ChunkShares shares = new ChunkShares(chunks, members);
    team.run(
        members - 1,
        member -> computeChunks(member, queue, shares, computation),
        () -> fail(new InterruptedException()));
    rethrowFailure();
  }

  private void computeChunks(
      int member,
      ChunkQueue queue,
      ChunkShares shares,
      BiConsumer<ChunkGradient, Batch> computation) {
    ChunkGradient worker = workers.get(member);
    try {
      for (int wish = shares.claim(member);
          wish >= 0 && failure.get() == null;
          wish = shares.claim(member)) {
        Batch chunk = queue.take(wish);
        try {
          computation.accept(worker, chunk);
        } finally {
          queue.release(chunk);
        }
      }
    } catch (InterruptedException | RuntimeException | Error cause) {
      fail(cause);
    }
  }

  /**
   * All must end before close() frees what they work on, and some may wait for a chunk. The first
   * failure is the one that is kept.
   */
  private void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    team.interrupt();
  }

  /** Throws what a thread failed with, if one did. */
  private void rethrowFailure() throws InterruptedException {
    Throwable cause = failure.get();
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    if (cause instanceof Error error) {
      throw error;
    }
  }

  @Override
  public void close() {
    team.close();
    workers.forEach(ChunkGradient::close);
  }
}
