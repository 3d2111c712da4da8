package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.opencl.OpenClContext;
import io.github.sumnet.opencl.OpenClDevice;
import io.github.sumnet.opencl.OpenClEvent;
import io.github.sumnet.opencl.OpenClException;
import io.github.sumnet.opencl.OpenClQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The fused passes on an OpenCL device. Weights, gradient, updater and, where they are generated,
 * samples are there and nowhere else; steps are given to the device ahead, and the host waits for
 * it only when it wants a loss or the weights.
 *
 * <p>Chunks, blocks and lanes are summed in the same shape as on the CPU, so the results have the
 * same bits wherever the device rounds as IEEE 754 has it.
 */
final class OpenClEngine implements Engine {
  /** Steps that the device may have before it: it never waits, and an interruption is soon seen. */
  private static final int MOST_STEPS_AHEAD = 8;

  /** Work items of a group: what a GPU computes in step, and what keeps its caches coalesced. */
  private static final int GROUP = 64;

  /**
   * On a CPU a work item of the sums has whole blocks, and a group is what a core takes at once.
   */
  private static final int GROUP_OF_CPU_SUMS = 2;

  /** Work items that add a weight's chunks on a GPU: some thousand chunks in a few microseconds. */
  private static final int FOLD = 256;

  private static final long MOST_BYTES_OF_CHUNKS = 64L << 20;

  private final EngineSpec spec;
  private final Dl4jModel model;
  private final OpenClContext context;
  private final OpenClQueue queue;
  private final Traffic traffic = new Traffic();
  private final OpenClState state;
  private final OpenClKernels kernels;
  private final OpenClSums sums;
  private final FusedGradient onHost;
  private final Deque<OpenClEvent> stepsAhead = new ArrayDeque<>();

  /** Closes what is open on the device, the last one first. */
  private final Deque<Runnable> opened = new ArrayDeque<>();

  private OpenClEngine(EngineSpec spec, Dl4jModel model, OpenClContext context, Groups groups) {
    this.spec = spec;
    this.model = model;
    this.context = context;
    onHost = new FusedGradient(model);
    try {
      queue = context.queue();
      opened.push(queue::close);
      state = new OpenClState(model, context, queue, traffic);
      opened.push(state::close);
      kernels =
          new OpenClKernels(
              context, spec.precision(), spec.topology(), spec.updater().kind(), groups, queue);
      opened.push(kernels::close);
      sums =
          new OpenClSums(
              context, spec.precision(), kernels, groups.chunkBytes(), state, queue, traffic);
      opened.push(sums::close);
    } catch (RuntimeException | Error refused) {
      opened.forEach(Runnable::run);
      throw refused;
    }
  }

  /**
   * An engine for a model, which must be in the host's memory.
   *
   * @throws OpenClException if there is no such device, or it cannot compute this
   */
  static OpenClEngine of(EngineSpec spec, Dl4jModel model) {
    OpenClContext context = OpenClContext.of(spec.deviceNumber());
    boolean cpu = context.device().kind() == OpenClDevice.Kind.CPU;
    int most = context.device().largestWorkGroup();
    int group = Math.min(GROUP, most);
    int width = OpenClKernels.width(context.device(), spec.precision());
    return of(
        spec,
        model,
        context,
        cpu
            ? new Groups(Math.min(GROUP_OF_CPU_SUMS, most), group, width, 1, MOST_BYTES_OF_CHUNKS)
            : new Groups(
                group,
                group,
                width,
                Integer.highestOneBit(Math.min(FOLD, most)),
                MOST_BYTES_OF_CHUNKS));
  }

  /**
   * How the kernels are shared out.
   *
   * @param sums how many work items make a group in the sums over samples
   * @param others the same in all other kernels
   * @param width how many lanes of a sum a work item computes: a power of two
   * @param fold how many work items add a weight's chunks: a power of two; above 1 they are a group
   * @param chunkBytes what the chunks' sums that wait to be added may take, unless it is a single
   *     one
   */
  record Groups(int sums, int others, int width, int fold, long chunkBytes) {}

  /** With groups of another size. */
  static OpenClEngine of(EngineSpec spec, Dl4jModel model, OpenClContext context, Groups groups) {
    if (spec.precision() == Precision.DOUBLE && !context.device().doubles()) {
      throw new OpenClException(
          context.device().named()
              + " does not compute in double; --precision float does without it");
    }
    return new OpenClEngine(spec, model, context, groups);
  }

  @Override
  public EngineSpec spec() {
    return spec;
  }

  @Override
  public Dl4jModel model() {
    state.fetch();
    return model;
  }

  @Override
  public LossAndGradient lossAndGradient(ChunkQueue from, int chunks) throws InterruptedException {
    sum(from, chunks);
    kernels.addChunks(sums.chunkSums(), sums.room(), chunks, state.buffer());
    state.changed();
    double loss = meanLoss();
    int samples = sums.samples();
    return new LossAndGradient(loss, model.gradientVector().map(g -> g / samples));
  }

  @Override
  public double step(ChunkQueue from, int chunks, int epoch, boolean measureLoss)
      throws InterruptedException {
    sum(from, chunks);
    double rate = model.learningRate(epoch);
    kernels.step(
        sums.chunkSums(),
        sums.room(),
        chunks,
        state.buffer(),
        sums.samples(),
        rate,
        model.iteration());
    model.advance(epoch);
    state.changed();
    queue.flush();
    stepsAhead.addLast(queue.marker());
    if (stepsAhead.size() > MOST_STEPS_AHEAD) {
      try (OpenClEvent oldest = stepsAhead.removeFirst()) {
        oldest.await();
      }
    }
    return measureLoss ? meanLoss() : Double.NaN;
  }

  private void sum(ChunkQueue from, int chunks) throws InterruptedException {
    state.send();
    sums.sum(from, chunks);
  }

  /** Not finite if a weight or a derivative is not: the bounded exponential hides a NaN. */
  private double meanLoss() {
    double sum = sums.lossSum();
    state.fetch();
    return sum / sums.samples() + state.visible();
  }

  @Override
  public void hold(List<Batch> chunks) {
    sums.hold(chunks);
  }

  @Override
  public void awaitDevice() {
    queue.finish();
    sums.finishUploads();
  }

  /**
   * {@inheritDoc} On the host, by the same operations: to carry inputs there and outputs back takes
   * longer.
   */
  @Override
  public double[] predict(Batch batch) {
    state.fetch();
    return onHost.predict(batch);
  }

  @Override
  public Trace trace(Batch batch) {
    state.send();
    try (OpenClUploads uploads = new OpenClUploads(context, spec.precision(), traffic);
        OpenClKernels.Columns columns =
            OpenClKernels.Columns.allocate(context, spec.precision(), batch.size());
        OpenClTrace trace =
            new OpenClTrace(context, spec.precision(), spec.topology(), batch.size())) {
      uploads.copy(batch, columns, 0);
      kernels.trace(state.buffer(), columns, batch.size(), trace);
      return trace.fetch(queue);
    }
  }

  @Override
  public Optional<Transfers> transfers() {
    return Optional.of(traffic.sum());
  }

  @Override
  public void close() {
    try {
      awaitDevice();
    } catch (OpenClException lost) {
      // A device that is lost has nothing left to do.
    }
    stepsAhead.forEach(OpenClEvent::close);
    opened.forEach(Runnable::run);
  }
}
