package io.github.sumnet.engine.opencl;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClEvent;
import io.github.sumnet.device.opencl.OpenClException;
import io.github.sumnet.device.opencl.OpenClQueue;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.StepSum;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.engine.Transfers;
import io.github.sumnet.engine.chunk.HostUpdater;
import io.github.sumnet.engine.fused.FusedGradient;
import io.github.sumnet.network.Precision;
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
  /**
   * Launches of steps that the device may have before it: it never waits, and an interruption is
   * soon seen.
   */
  private static final int MOST_LAUNCHES_AHEAD = 8;

  /** Work items of a GPU's group: enough to hide what each waits for, small enough for many. */
  private static final int GROUP = 256;

  /** The same of one that makes small steps alone. */
  private static final int LARGE_GROUP = 1024;

  /** Work items of each of a GPU's compute units that keep it busy. */
  private static final int BUSY = 1024;

  private static final long MOST_BYTES_OF_CHUNKS = 64L << 20;

  /** The memory is not this engine's alone: one part in so many may keep files. */
  private static final int PARTS_OF_MEMORY = 4;

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
      queue = context.queue(false);
      opened.push(queue::close);
      state = new OpenClState(model, context, queue, traffic);
      opened.push(state::close);
      kernels = new OpenClKernels(context, spec.precision(), spec.topology(), groups, queue);
      opened.push(kernels::close);
      sums =
          new OpenClSums(
              context, spec.precision(), spec.topology(), kernels, groups, state, queue, traffic);
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
    OpenClDevice device = context.device();
    boolean cpu = device.kind() == OpenClDevice.Kind.CPU;
    int most = device.largestWorkGroup();
    // A processor as a device names all the machine's memory, of which a container has less.
    long memory =
        cpu
            ? Math.min(device.memoryBytes(), HostFacts.ofThisMachine().memoryBytes())
            : device.memoryBytes();
    return of(
        spec,
        model,
        context,
        new Groups(
            cpu ? 1 : Math.min(GROUP, most),
            cpu ? 1 : Math.min(LARGE_GROUP, most),
            OpenClKernels.width(device, spec.precision()),
            BUSY * device.computeUnits(),
            context.counting() != OpenClContext.Counting.NONE,
            !cpu,
            MOST_BYTES_OF_CHUNKS,
            memory / PARTS_OF_MEMORY));
  }

  /**
   * How the kernels are shared out.
   *
   * @param group how many work items make a group; on a CPU one, which has whole vectors of lanes
   * @param alone how many make the group that makes small steps alone; 0: no step is small
   * @param width how many lanes of a sum a work item computes: a power of two
   * @param busy where a launch has fewer lanes than this, work items of one lane share the samples
   * @param counted whether the last group of a launch finishes it
   * @param copied whether samples of the host are copied to the device, which else reads them where
   *     the host has written them
   * @param chunkBytes what the chunks' sums that wait to be added may take, unless it is a single
   *     one
   * @param fileBytes what samples of files that stay on the device may take
   */
  record Groups(
      int group,
      int alone,
      int width,
      int busy,
      boolean counted,
      boolean copied,
      long chunkBytes,
      long fileBytes) {}

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
    fetch();
    return model;
  }

  private void fetch() {
    sums.launchWaiting();
    state.fetch();
  }

  private void send() {
    if (state.isSet()) {
      sums.launchWaiting();
      state.send();
    }
  }

  @Override
  public StepSum sum(ChunkQueue from, int chunks, boolean measureLoss) throws InterruptedException {
    send();
    sums.step(from, chunks, OpenClUpdate.NONE);
    state.changed();
    double loss = lossSum();
    return new StepSum(model.gradientVector(), loss, sums.samples());
  }

  /** {@inheritDoc} On the host; the device is sent the outcome before its next step. */
  @Override
  public void apply(StepSum sum, int epoch) {
    fetch();
    model.setGradientSum(sum.gradient());
    new HostUpdater(model).apply(sum.samples(), epoch);
  }

  @Override
  public double step(ChunkQueue from, int chunks, int epoch, boolean measureLoss)
      throws InterruptedException {
    send();
    boolean launched = sums.step(from, chunks, OpenClUpdate.of(model, epoch));
    model.advance(epoch);
    state.changed();
    if (launched) {
      stepsAhead.addLast(queue.marker());
      queue.flush();
      if (stepsAhead.size() > MOST_LAUNCHES_AHEAD) {
        try (OpenClEvent oldest = stepsAhead.removeFirst()) {
          oldest.await();
        }
      }
    }
    return measureLoss ? lossSum() / sums.samples() : Double.NaN;
  }

  /** Not finite if a weight or a derivative is not: the bounded exponential hides a NaN. */
  private double lossSum() {
    double sum = sums.lossSum();
    fetch();
    return sum + state.visible();
  }

  @Override
  public void hold(List<Batch> chunks) {
    sums.hold(chunks);
  }

  @Override
  public void awaitDevice() {
    sums.launchWaiting();
    queue.finish();
    sums.finishUploads();
  }

  /**
   * {@inheritDoc} On the host, by the same operations: to carry inputs there and outputs back takes
   * longer.
   */
  @Override
  public double[] predict(Batch batch) {
    fetch();
    return onHost.predict(batch);
  }

  @Override
  public Trace trace(Batch batch) {
    send();
    sums.launchWaiting();
    try (OpenClKernels.Columns columns =
            OpenClKernels.Columns.allocate(context, spec.precision(), batch.size());
        OpenClTrace trace =
            new OpenClTrace(context, spec.precision(), spec.topology(), batch.size())) {
      sums.copy(batch, columns);
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
    } finally {
      stepsAhead.forEach(OpenClEvent::close);
      opened.forEach(Runnable::run);
    }
  }
}
