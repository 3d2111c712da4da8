package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.network.LossAndGradient;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes chunk after chunk, in several threads: in ND4J or in plain Java, as the engine type has
 * it. The weights stay in the {@link Dl4jModel}.
 *
 * <p>Each thread computes whole chunks, and ND4J's own threads stay out of it on the CPU: so the
 * results have the same bits at any number of threads.
 */
final class ChunkEngine implements Engine {
  private final EngineSpec spec;
  private final Dl4jModel model;
  private final HeldChunks held;
  private final List<ChunkGradient> workers;
  private final StepRule rule;
  private final ThreadTeam team;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** What makes a step of the model's gradient sum. */
  private interface StepRule {
    void apply(int samples, int epoch);
  }

  private ChunkEngine(
      EngineSpec spec,
      Dl4jModel model,
      HeldChunks held,
      List<ChunkGradient> workers,
      StepRule rule) {
    this.spec = spec;
    this.model = model;
    this.held = held;
    this.workers = workers;
    this.rule = rule;
    team = new ThreadTeam(workers.size() - 1);
  }

  /** An engine for a model. */
  static ChunkEngine of(EngineSpec spec, Dl4jModel model) {
    HeldChunks held = new HeldChunks();
    List<ChunkGradient> workers =
        Stream.generate(() -> worker(spec, model, held)).limit(spec.threads()).toList();
    return new ChunkEngine(spec, model, held, workers, rule(spec, model));
  }

  private static ChunkGradient worker(EngineSpec spec, Dl4jModel model, HeldChunks held) {
    return switch (spec.type()) {
      case DL4J -> new Dl4jGradient(model, spec.device(), held);
      case FUSED -> new FusedGradient(model);
      case REFERENCE -> new ReferenceGradient(model);
    };
  }

  private static StepRule rule(EngineSpec spec, Dl4jModel model) {
    return spec.type() == EngineType.FUSED
        ? new HostUpdater(model)::apply
        : model::applyGradientSum;
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
  public LossAndGradient lossAndGradient(ChunkQueue queue, int chunks) throws InterruptedException {
    ChunkSum sum = sum(queue, chunks, true);
    int samples = sum.samples();
    return new LossAndGradient(sum.loss() / samples, model.gradientVector().map(g -> g / samples));
  }

  @Override
  public double step(ChunkQueue queue, int chunks, int epoch, boolean measureLoss)
      throws InterruptedException {
    ChunkSum sum = sum(queue, chunks, measureLoss);
    rule.apply(sum.samples(), epoch);
    return measureLoss ? sum.loss() / sum.samples() : Double.NaN;
  }

  @Override
  public void hold(List<Batch> chunks) {
    if (spec.type() == EngineType.DL4J) {
      for (Batch chunk : chunks) {
        held.hold(chunk, () -> Dl4jGradient.arrays(spec.device(), spec.precision()));
      }
    }
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
  public Trace trace(Batch batch) {
    return workers.get(0).trace(batch);
  }

  /** The sum of the next chunks, whose gradient is then the model's. */
  private ChunkSum sum(ChunkQueue queue, int chunks, boolean measureLoss)
      throws InterruptedException {
    failure.set(null);
    int members = Math.min(workers.size(), chunks);
    ChunkShares shares = new ChunkShares(chunks, members);
    try (TreeSum tree = new TreeSum(chunks)) {
      team.run(
          members - 1,
          member -> computeChunks(member, queue, shares, tree, measureLoss),
          () -> fail(new InterruptedException()));
      rethrowFailure();
      ChunkSum total = tree.total();
      total.gradient().storeIn(model);
      return total;
    }
  }

  private void computeChunks(
      int member, ChunkQueue queue, ChunkShares shares, TreeSum tree, boolean measureLoss) {
    ChunkGradient worker = workers.get(member);
    try {
      for (int wish = shares.claim(member);
          wish >= 0 && failure.get() == null;
          wish = shares.claim(member)) {
        Batch chunk = queue.take(wish);
        try {
          tree.add(chunk.position(), worker.sum(chunk, measureLoss));
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
    held.close();
  }
}
