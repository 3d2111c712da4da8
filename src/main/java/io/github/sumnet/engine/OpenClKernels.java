package io.github.sumnet.engine;

import io.github.sumnet.data.GridSampler;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.opencl.OpenClBuffer;
import io.github.sumnet.opencl.OpenClContext;
import io.github.sumnet.opencl.OpenClDevice;
import io.github.sumnet.opencl.OpenClKernel;
import io.github.sumnet.opencl.OpenClProgram;
import io.github.sumnet.opencl.OpenClQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The kernels of {@code fused.cl} for one network, precision and device, with their arguments. */
final class OpenClKernels implements AutoCloseable {
  private static final String SOURCE = "fused.cl";

  /** Levels of the tree over runs of chunks. */
  private static final int LEVELS = 31;

  private final Precision precision;
  private final int rows;
  private final int weights;
  private final int itemsPerBlock;
  private final int width;
  private final OpenClEngine.Groups groups;
  private final OpenClQueue queue;
  private final List<OpenClKernel> kernels;
  private final OpenClKernel sumStored;
  private final OpenClKernel sumGenerated;
  private final OpenClKernel addBlocks;
  private final OpenClKernel addRun;
  private final OpenClKernel addChunks;
  private final OpenClKernel step;
  private final OpenClKernel trace;
  private final UpdaterConfig.Kind updater;

  /**
   * Compiles the kernels, unless that has been done.
   *
   * @param groups each of a size from 1 to the device's maximum
   * @param queue where they are launched
   */
  OpenClKernels(
      OpenClContext context,
      Precision precision,
      Topology topology,
      UpdaterConfig.Kind updater,
      OpenClEngine.Groups groups,
      OpenClQueue queue) {
    this.precision = precision;
    this.updater = updater;
    this.groups = groups;
    this.queue = queue;
    weights = topology.weightCount();
    rows = weights + 1;
    width = groups.width();
    itemsPerBlock = lanes(precision) / width;
    OpenClProgram program =
        context.program(source(), options(context.device(), precision, topology, groups));
    kernels =
        program.kernels(
            "sum_stored",
            "sum_generated",
            "add_blocks",
            "add_run",
            "add_chunks",
            "step_" + updater,
            "trace");
    sumStored = kernels.get(0);
    sumGenerated = kernels.get(1);
    addBlocks = kernels.get(2);
    addRun = kernels.get(3);
    addChunks = kernels.get(4);
    step = kernels.get(5);
    trace = kernels.get(6);
  }

  private static String source() {
    try (InputStream text = OpenClKernels.class.getResourceAsStream(SOURCE)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the kernels' source " + SOURCE, unreadable);
    }
  }

  private static String options(
      OpenClDevice device, Precision precision, Topology topology, OpenClEngine.Groups groups) {
    return "-DHIDDEN="
        + topology.hidden()
        + " -DWIDTH="
        + groups.width()
        + " -DFOLD="
        + groups.fold()
        + (precision == Precision.DOUBLE ? " -DDOUBLE" : "")
        + (device.exactDivision() ? " -cl-fp32-correctly-rounded-divide-sqrt" : "");
  }

  /** Lanes of a block's sums. */
  static int lanes(Precision precision) {
    return precision == Precision.FLOAT ? FloatKernel.LANES : DoubleKernel.LANES;
  }

  /** The lanes that a work item computes: a power of two. */
  static int width(OpenClDevice device, Precision precision) {
    int own = precision == Precision.FLOAT ? device.floatLanes() : device.doubleLanes();
    return Integer.highestOneBit(Math.max(1, Math.min(own, lanes(precision))));
  }

  /** How many weights the network has. */
  int weights() {
    return weights;
  }

  /** How many numbers are kept of a step's chunks, with room for the sums of so many. */
  long chunkSums(int chunks, int room) {
    return squaresAt(room) + chunks;
  }

  /** Where among them the chunks' sums of squared residuals begin. */
  long squaresAt(int room) {
    return (long) weights * (room + LEVELS);
  }

  /** How many numbers the sums of so many blocks are. */
  long blockSums(int blocks) {
    return (long) blocks * rows * lanes(precision);
  }

  /** Sums the blocks of samples in memory. */
  void sumStored(OpenClBuffer state, Columns columns, int first, Chunks chunks, OpenClBuffer to) {
    sumStored
        .arguments()
        .with(state)
        .with(columns.x1())
        .with(columns.x2())
        .with(columns.y())
        .with(first);
    launchSum(sumStored, chunks, to);
  }

  /** Sums the blocks of samples that are generated on the way. */
  void sumGenerated(
      OpenClBuffer state, long counter, GridSampler.Grid grid, Chunks chunks, OpenClBuffer to) {
    sumGenerated
        .arguments()
        .with(state)
        .with(counter)
        .with(grid.firstIndex())
        .with((int) grid.points());
    real(sumGenerated, grid.spacing());
    launchSum(sumGenerated, chunks, to);
  }

  private void launchSum(OpenClKernel kernel, Chunks chunks, OpenClBuffer to) {
    kernel
        .with(chunks.chunkSize())
        .with(chunks.blocksPerChunk())
        .with(chunks.blocks())
        .with(chunks.samples())
        .with(to);
    queue.launch(kernel, (long) chunks.blocks() * itemsPerBlock, groups.sums());
  }

  /** Sums chunks from their blocks. */
  void addBlocks(
      OpenClBuffer state,
      OpenClBuffer blockSums,
      Chunks chunks,
      int firstChunk,
      int room,
      OpenClBuffer to) {
    addBlocks
        .arguments()
        .with(state)
        .with(blockSums)
        .with(chunks.blocksPerChunk())
        .with(chunks.blocks())
        .with(chunks.count())
        .with(firstChunk)
        .with(room)
        .with(to);
    queue.launch(addBlocks, (long) chunks.count() * rows, groups.others());
  }

  /** Adds a run's chunks to the runs before, so that there is room for the next. */
  void addRun(OpenClBuffer chunkSums, int room, int run) {
    addRun.arguments().with(chunkSums).with(room).with(run);
    launchForWeights(addRun);
  }

  /** Sums the gradient from the chunks; no step. */
  void addChunks(OpenClBuffer chunkSums, int room, int chunks, OpenClBuffer state) {
    addChunks.arguments().with(chunkSums).with(room).with(chunks).with(state);
    launchForWeights(addChunks);
  }

  private void launchForWeights(OpenClKernel kernel) {
    int fold = groups.fold();
    queue.launch(kernel, (long) weights * fold, fold == 1 ? groups.others() : fold);
  }

  /** Sums the gradient from the chunks, then takes a step of the updater. */
  void step(
      OpenClBuffer chunkSums,
      int room,
      int chunks,
      OpenClBuffer state,
      int samples,
      double rate,
      int iteration) {
    step.arguments().with(chunkSums).with(room).with(chunks).with(state);
    real(step, samples);
    switch (updater) {
      case SGD -> real(step, rate);
      case NESTEROVS -> {
        real(step, rate);
        real(step, Nesterovs.DEFAULT_NESTEROV_MOMENTUM);
      }
      case ADAM -> {
        AdamStep adam = AdamStep.of(precision, rate, iteration);
        real(step, adam.beta1());
        real(step, adam.rest1());
        real(step, adam.beta2());
        real(step, adam.rest2());
        real(step, adam.step());
        real(step, adam.epsilon());
      }
    }
    launchForWeights(step);
  }

  /** What both passes compute on the way. */
  void trace(OpenClBuffer state, Columns columns, int samples, OpenClTrace to) {
    trace
        .arguments()
        .with(state)
        .with(columns.x1())
        .with(columns.x2())
        .with(columns.y())
        .with(samples);
    to.buffers().forEach(trace::with);
    queue.launch(trace, (samples + width - 1) / width, groups.others());
  }

  private void real(OpenClKernel kernel, double value) {
    if (precision == Precision.FLOAT) {
      kernel.with((float) value);
    } else {
      kernel.with(value);
    }
  }

  /** Samples on the device. */
  record Columns(OpenClBuffer x1, OpenClBuffer x2, OpenClBuffer y) implements AutoCloseable {
    static Columns allocate(OpenClContext context, Precision precision, long samples) {
      long bytes = samples * precision.bytes();
      List<OpenClBuffer> buffers = context.buffers("samples", bytes, bytes, bytes);
      return new Columns(buffers.get(0), buffers.get(1), buffers.get(2));
    }

    @Override
    public void close() {
      x1.close();
      x2.close();
      y.close();
    }
  }

  /**
   * Neighbouring chunks.
   *
   * @param samples how many there are in all
   * @param chunkSize how many of them make a chunk, but for the last one, which has the rest
   */
  record Chunks(int samples, int chunkSize) {
    int count() {
      return (samples - 1) / chunkSize + 1;
    }

    int blocksPerChunk() {
      return blocksOf(chunkSize);
    }

    int blocks() {
      int last = samples - (count() - 1) * chunkSize;
      return (count() - 1) * blocksPerChunk() + blocksOf(last);
    }

    private static int blocksOf(int samples) {
      return (samples - 1) / FusedPass.BLOCK + 1;
    }
  }

  @Override
  public void close() {
    kernels.forEach(OpenClKernel::close);
  }
}
