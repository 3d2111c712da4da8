package io.github.sumnet.engine.opencl;

import io.github.sumnet.data.GridSampler;
import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClKernel;
import io.github.sumnet.device.opencl.OpenClProgram;
import io.github.sumnet.device.opencl.OpenClQueue;
import io.github.sumnet.engine.HostVector;
import io.github.sumnet.engine.fused.DoubleKernel;
import io.github.sumnet.engine.fused.FloatKernel;
import io.github.sumnet.engine.fused.FusedPass;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The kernels of {@code fused.cl} for one network, precision and device, with their arguments. */
final class OpenClKernels implements AutoCloseable {
  private static final String SOURCE = "fused.cl";

  /** Levels of the tree over runs of chunks. */
  private static final int LEVELS = 31;

  /** The most steps that one launch makes. */
  static final int MOST_STEPS = 16;

  /** Numbers that an updater has beside its rate, in a vector. */
  private static final int MOST_CONSTANTS = 8;

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
  private final OpenClKernel finishStep;
  private final OpenClKernel stepsStored;
  private final OpenClKernel stepsGenerated;
  private final OpenClKernel trace;

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
      OpenClEngine.Groups groups,
      OpenClQueue queue) {
    this.precision = precision;
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
            "finish_step",
            "steps_stored",
            "steps_generated",
            "trace");
    sumStored = kernels.get(0);
    sumGenerated = kernels.get(1);
    addBlocks = kernels.get(2);
    addRun = kernels.get(3);
    finishStep = kernels.get(4);
    stepsStored = kernels.get(5);
    stepsGenerated = kernels.get(6);
    trace = kernels.get(7);
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

  /** Where a kernel takes its samples from. */
  sealed interface Source permits Stored, Generated {}

  /**
   * In memory.
   *
   * @param first where they begin in the columns
   */
  record Stored(Columns columns, int first) implements Source {}

  /**
   * Nowhere: they are generated on the way.
   *
   * @param counter the first one's counter
   */
  record Generated(long counter, GridSampler.Grid grid) implements Source {}

  /** Sums the blocks of samples. */
  void sum(OpenClBuffer state, Source source, Chunks chunks, OpenClBuffer to) {
    OpenClKernel kernel = source instanceof Stored ? sumStored : sumGenerated;
    blocks(kernel, state, chunks, to);
    samples(kernel, source);
    queue.launch(kernel, (long) chunks.blocks() * itemsPerBlock, groups.sums());
  }

  private static void blocks(
      OpenClKernel kernel, OpenClBuffer state, Chunks chunks, OpenClBuffer blockSums) {
    kernel
        .arguments()
        .with(state)
        .with(chunks.chunkSize())
        .with(chunks.blocksPerChunk())
        .with(chunks.blocks())
        .with(chunks.samples())
        .with(blockSums);
  }

  private void samples(OpenClKernel kernel, Source source) {
    if (source instanceof Stored stored) {
      Columns columns = stored.columns;
      kernel.with(columns.x1()).with(columns.x2()).with(columns.y()).with(stored.first);
    } else if (source instanceof Generated generated) {
      GridSampler.Grid grid = generated.grid;
      kernel.with(generated.counter).with(grid.firstIndex()).with((int) grid.points());
      real(kernel, grid.spacing());
    }
  }

  /**
   * Makes small steps in a row by one group of work items.
   *
   * @param source the first step's samples
   * @param advance how much further in the columns each step's samples are than those before;
   *     generated ones follow one another
   * @param chunks the samples of each step
   * @param updates one for each step, at most {@value #MOST_STEPS}, which go together
   */
  void steps(
      OpenClBuffer state,
      Source source,
      int advance,
      Chunks chunks,
      OpenClBuffer blockSums,
      OpenClBuffer chunkSums,
      int room,
      List<OpenClUpdate> updates) {
    OpenClKernel kernel = source instanceof Stored ? stepsStored : stepsGenerated;
    OpenClUpdate first = updates.get(0);
    blocks(kernel, state, chunks, blockSums);
    kernel
        .with(chunkSums)
        .with(room)
        .with(updates.size())
        .with(first.updater())
        .with(vector(MOST_STEPS, updates.stream().map(OpenClUpdate::rate).toList()))
        .with(vector(MOST_CONSTANTS, first.constants()));
    samples(kernel, source);
    if (source instanceof Stored) {
      kernel.with(advance);
    }
    queue.launch(kernel, groups.alone(), groups.alone());
  }

  private ByteBuffer vector(int size, List<Double> numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(size * precision.bytes()).order(ByteOrder.nativeOrder());
    HostVector vector = HostVector.of(bytes, precision);
    for (int i = 0; i < numbers.size(); i++) {
      vector.set(i, numbers.get(i));
    }
    return bytes;
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

  private void launchForWeights(OpenClKernel kernel) {
    int fold = groups.fold();
    queue.launch(kernel, (long) weights * fold, fold == 1 ? groups.others() : fold);
  }

  /** Makes a step from the sums of its chunks. */
  void finishStep(
      OpenClBuffer chunkSums,
      int room,
      int chunks,
      OpenClBuffer state,
      int samples,
      OpenClUpdate update) {
    finishStep.arguments().with(chunkSums).with(room).with(chunks).with(state);
    real(finishStep, samples);
    finishStep.with(update.updater());
    real(finishStep, update.rate());
    finishStep.with(vector(MOST_CONSTANTS, update.constants()));
    launchForWeights(finishStep);
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

  /** Samples in the memory of the device, a buffer for each column. */
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
