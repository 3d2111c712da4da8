package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Computes the network: forward, loss, gradient, and the step that follows from it. The engine
 * types differ in how they compute one chunk; the weights live in the {@link Dl4jModel}.
 *
 * <p>A step's gradient is the sum of its chunks' gradients in the order of the chunks, whichever
 * threads computed them. Each thread computes whole chunks, and ND4J's own threads stay out of it
 * on the CPU: so the results have the same bits at any number of threads.
 *
 * <p>An engine is used by one thread; the others are its own.
 */
public final class Engine implements AutoCloseable {
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

  private Engine(
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

  /**
   * An engine with these initial weights, rounded to its precision. The ND4J backend must have been
   * decided before.
   */
  public static Engine create(EngineSpec spec, Weights initial) {
    if (spec.device() == Device.CPU) {
      Nd4jSettings.OF_ENGINES.apply();
    }
    Dl4jModel model = new Dl4jModel(spec.topology(), spec.precision(), spec.updater());
    model.setWeights(initial);
    HeldChunks held = new HeldChunks();
    List<ChunkGradient> workers =
        Stream.generate(() -> worker(spec, model, held)).limit(spec.threads()).toList();
    return new Engine(spec, model, held, workers, rule(spec, model));
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

  /** What it was made for. */
  public EngineSpec spec() {
    return spec;
  }

  /** The network's weights and the updater's state, on the device. */
  public Dl4jModel model() {
    return model;
  }

  /**
   * Mean loss and mean gradient over the next chunks. Weights and updater stay as they are.
   *
   * @param chunks how many chunks to take from the queue, at least 1
   */
  public LossAndGradient lossAndGradient(ChunkQueue queue, int chunks) throws InterruptedException {
    sumGradients(queue, chunks, true);
    return new LossAndGradient(lossSum / samples, model.gradientVector().map(g -> g / samples));
  }

  /**
   * One training step: the mean gradient over the next chunks, then the updater.
   *
   * @param chunks how many chunks to take from the queue, at least 1
   * @param epoch the epoch that the step belongs to, from 0
   * @param measureLoss whether the loss is wanted; on a GPU it costs a wait for the device
   * @return the mean loss before the step, or NaN if it was not wanted
   */
  public double step(ChunkQueue queue, int chunks, int epoch, boolean measureLoss)
      throws InterruptedException {
    sumGradients(queue, chunks, measureLoss);
    rule.apply(samples, epoch);
    return measureLoss ? lossSum / samples : Double.NaN;
  }

  /**
   * Copies chunks to where ND4J computes, where they stay until the engine is closed: steps on
   * these very batches copy nothing. They must not change any more. An engine that computes from
   * the batches themselves does nothing here.
   */
  public void hold(List<Batch> chunks) {
    if (spec.type() == EngineType.DL4J) {
      for (Batch chunk : chunks) {
        held.hold(chunk, () -> Dl4jGradient.arrays(spec.device(), spec.precision()));
      }
    }
    awaitDevice();
  }

  /** Waits until the device has done all that it was given; a CPU always has. */
  public static void awaitDevice() {
    Nd4j.getExecutioner().commit();
  }

  /** The network's output ŷ for every sample of the batch. */
  public double[] predict(Batch batch) {
    return workers.get(0).predict(batch);
  }

  /** Both passes over the batch with what they compute on the way. Weights stay as they are. */
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

  /** Frees threads and off-heap memory. */
  @Override
  public void close() {
    team.close();
    workers.forEach(ChunkGradient::close);
    held.close();
  }
}
