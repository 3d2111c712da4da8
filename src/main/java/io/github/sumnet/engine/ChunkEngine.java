package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.network.LossAndGradient;
import java.util.List;
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
  private final OrderedSum sum = new OrderedSum();

  // Changed only in a chunk's turn.
  private double lossSum;
  private int samples;

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
    sumGradients(queue, chunks, true);
    return new LossAndGradient(lossSum / samples, model.gradientVector().map(g -> g / samples));
  }

  @Override
  public double step(ChunkQueue queue, int chunks, int epoch, boolean measureLoss)
      throws InterruptedException {
    sumGradients(queue, chunks, measureLoss);
    rule.apply(samples, epoch);
    return measureLoss ? lossSum / samples : Double.NaN;
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

  private void sumGradients(ChunkQueue queue, int chunks, boolean measureLoss)
      throws InterruptedException {
    lossSum = 0;
    samples = 0;
    sum.reset();
    int members = Math.min(workers.size(), chunks);
    ChunkShares shares = new ChunkShares(chunks, members);
    team.run(
        members - 1,
        member -> computeChunks(member, queue, shares, measureLoss),
        () -> fail(new InterruptedException()));
    sum.rethrow();
  }

  private void computeChunks(
      int member, ChunkQueue queue, ChunkShares shares, boolean measureLoss) {
    ChunkGradient worker = workers.get(member);
    try {
      for (int wish = shares.claim(member);
          wish >= 0 && !sum.failed();
          wish = shares.claim(member)) {
        Batch chunk = queue.take(wish);
        try {
          double loss = worker.compute(chunk, measureLoss);
          int count = chunk.size();
          sum.add(
              chunk.position(),
              first -> add(worker::addTo, first, loss, count),
              () -> kept(worker.copy(), loss, count));
        } finally {
          queue.release(chunk);
        }
      }
    } catch (InterruptedException | RuntimeException | Error cause) {
      fail(cause);
    }
  }

  /** All must end before close() frees what they work on, and some may wait for a chunk. */
  private void fail(Throwable cause) {
    sum.fail(cause);
    team.interrupt();
  }

  private OrderedSum.Turn kept(double[] gradientSum, double meanLoss, int count) {
    return first ->
        add(replace -> model.addToGradientSum(gradientSum, replace), first, meanLoss, count);
  }

  private void add(OrderedSum.Turn gradient, boolean first, double meanLoss, int count) {
    gradient.add(first);
    lossSum += meanLoss * count;
    samples += count;
  }

  @Override
  public void close() {
    team.close();
    workers.forEach(ChunkGradient::close);
    held.close();
  }
}
