package io.github.sumnet.engine.opencl;

import io.github.sumnet.data.GridSampler;
import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClKernel;
import io.github.sumnet.device.opencl.OpenClProgram;
import io.github.sumnet.device.opencl.OpenClQueue;
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

  private static final GridSampler.Grid NO_GRID = new GridSampler.Grid(0, 0, 0);

  // Kernels by their place in the list of them.
  private static final int STORED = 0;
  private static final int SAMPLE_BY_SAMPLE = 1;
  private static final int GENERATED = 2;
  private static final int TRACE = 3;

  private static final int BYTES_OF_RATES = 512;

  /** Numbers that an updater has beside its rate. */
  private static final int MOST_CONSTANTS = 5;

  /** Hidden units up to which work items can share a block's samples. */
  private static final int MOST_UNITS_SPREAD = 8;

  private final Precision precision;
  private final int rows;
  private final int weights;
  private final int itemsPerBlock;
  private final Topology topology;
  private final OpenClEngine.Groups groups;
  private final int group;
  private final int alone;
  private final OpenClQueue queue;
  private final ByteBuffer launch;
  private final OpenClBuffer counters;
  private final List<OpenClKernel> kernels;

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
    this.topology = topology;
    this.groups = groups;
    this.queue = queue;
    weights = topology.weightCount();
    rows = weights + 1;
    itemsPerBlock = lanes(precision) / groups.width();
    launch = ByteBuffer.allocateDirect(2 * BYTES_OF_RATES).order(ByteOrder.nativeOrder());
    OpenClProgram program =
        context.program(source(), options(context, precision, topology, groups));
    kernels = program.kernels("steps_stored", "steps_sample_by_sample", "steps_generated", "trace");
    group = fitting(context, groups.group());
    alone = fitting(context, groups.alone());
    counters =
        context.buffer((1L + OpenClSums.MOST_BLOCKS) * Integer.BYTES, "the counters of chunks");
    queue.write(counters, 0, ByteBuffer.allocateDirect((int) counters.bytes()));
  }

  /** The largest group up to a size for which the device has the registers and local memory. */
  private int fitting(OpenClContext context, int wanted) {
    int size = wanted;
    for (OpenClKernel kernel : kernels) {
      size = Math.min(size, context.largestGroup(kernel));
    }
    while (size > 1 && scratchBytes(size) + flagBytes(size) > context.localBytes()) {
      size /= 2;
    }
    return size;
  }

  /** The local memory in which the work items of a group exchange numbers. */
  private int scratchBytes(int items) {
    int lanes = lanes(precision);
    int columns = canSpread(items) ? 4 + 2 * topology.hidden() : 0;
    int numbers = columns == 0 ? 0 : rows * lanes + columns * (items / lanes + 1) * lanes;
    return Math.max(items, numbers) * precision.bytes();
  }

  private static int flagBytes(int items) {
    return (items + 1) * Integer.BYTES;
  }

  private boolean canSpread(int items) {
    return groups.width() == 1
        && topology.hidden() <= MOST_UNITS_SPREAD
        && items >= lanes(precision);
  }

  private static String source() {
    try (InputStream text = OpenClKernels.class.getResourceAsStream(SOURCE)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the kernels' source " + SOURCE, unreadable);
    }
  }

  private static String options(
      OpenClContext context, Precision precision, Topology topology, OpenClEngine.Groups groups) {
    return "-DHIDDEN=%s -DWIDTH=%s".formatted(topology.hidden(), groups.width())
        + (groups.counted() ? " -DCOUNTED " + context.counting().option() : "")
        + (precision == Precision.DOUBLE ? " -DDOUBLE" : "")
        + (context.device().exactDivision() ? " -cl-fp32-correctly-rounded-divide-sqrt" : "");
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

  /**
   * Where a kernel takes its samples from.
   *
   * @param kernel which kernel
   * @param first how many are before them in memory
   * @param counter the first one's counter, where they are generated
   * @param grid and the grid that they are on
   * @param memory the kernel's last arguments
   */
  record Source(
      int kernel, int first, long counter, GridSampler.Grid grid, List<OpenClBuffer> memory) {
    /** In memory, column by column. */
    static Source columns(Columns columns, int first) {
      return new Source(STORED, first, 0, NO_GRID, columns.buffers());
    }

    /** In memory, one after another as x1, x2, y. */
    static Source sampleBySample(OpenClBuffer numbers, int first) {
      return new Source(SAMPLE_BY_SAMPLE, first, 0, NO_GRID, List.of(numbers));
    }

    /** Nowhere: they are generated on the way. */
    static Source generated(long counter, GridSampler.Grid grid) {
      return new Source(GENERATED, 0, counter, grid, List.of());
    }
  }

  /** The most steps that one launch makes. */
  int mostSteps() {
    return BYTES_OF_RATES / precision.bytes();
  }

  /**
   * What becomes of the sums of a launch's chunks, which are all in one run.
   *
   * @param code its number in the kernel
   * @param samples how many the step has in all, where it ends
   * @param updates one for each step: one, or several that go together
   */
  record Outcome(int code, int samples, List<OpenClUpdate> updates) {
    /** Others of the run follow. */
    static final Outcome KEPT = new Outcome(0, 1, List.of(OpenClUpdate.NONE));

    /** The run is full, and added to those before it. */
    static final Outcome RUN_ENDS = new Outcome(1, 1, List.of(OpenClUpdate.NONE));

    static Outcome stepEnds(int samples, List<OpenClUpdate> updates) {
      return new Outcome(2, samples, updates);
    }
  }

  /**
   * Steps, or a part of one.
   *
   * @param source the first step's samples
   * @param advance how much further each step's samples are than those before
   * @param chunks the samples of each step in this launch
   * @param firstChunk the number of the first one in its step
   * @param room how many chunks make a run
   */
  record Work(
      Source source, int advance, Chunks chunks, int firstChunk, int room, Outcome outcome) {}

  /**
   * Sums blocks and chunks, and makes the step if it ends here: in one launch where work groups can
   * count themselves, else in two.
   */
  void launch(Work work, OpenClBuffer state, OpenClBuffer blockSums, OpenClBuffer chunkSums) {
    int shares = work.chunks.blocks() * itemsPerBlock;
    boolean spread = canSpread(group) && shares < groups.busy();
    int count = spread ? work.chunks.blocks() : (shares - 1) / group + 1;
    launch(work, false, spread, count, group, state, blockSums, chunkSums);
    if (count > 1 && !groups.counted()) {
      launch(work, true, false, 1, group, state, blockSums, chunkSums);
    }
  }

  /** Makes small steps in a row by one group of work items. */
  void launchAlone(Work work, OpenClBuffer state, OpenClBuffer blockSums, OpenClBuffer chunkSums) {
    boolean spread = canSpread(alone) && work.chunks.blocks() * itemsPerBlock < alone;
    launch(work, false, spread, 1, alone, state, blockSums, chunkSums);
  }

  private void launch(
      Work work,
      boolean summed,
      boolean spread,
      int count,
      int items,
      OpenClBuffer state,
      OpenClBuffer blockSums,
      OpenClBuffer chunkSums) {
    write(work, summed, spread);
    OpenClKernel kernel = kernels.get(work.source.kernel);
    kernel.arguments().with(launch).with(state).with(blockSums).with(chunkSums).with(counters);
    kernel.withLocal(scratchBytes(items)).withLocal(flagBytes(items));
    work.source.memory.forEach(kernel::with);
    queue.launch(kernel, (long) count * items, items);
  }

  /** Fills in the kernel's {@code launch_t}. */
  private void write(Work work, boolean summed, boolean spread) {
    Chunks chunks = work.chunks;
    List<OpenClUpdate> updates = work.outcome.updates;
    OpenClUpdate first = updates.get(0);
    GridSampler.Grid grid = work.source.grid;
    launch.clear();
    launch.putLong(work.source.counter);
    for (int i = 0; i < mostSteps(); i++) {
      real(i < updates.size() ? updates.get(i).rate() : 0);
    }
    for (int i = 0; i < MOST_CONSTANTS; i++) {
      real(i < first.constants().size() ? first.constants().get(i) : 0);
    }
    real(work.outcome.samples);
    real(grid.spacing());
    launch.putInt(grid.firstIndex()).putInt((int) grid.points());
    launch.putInt(work.source.first).putInt(work.advance);
    launch.putInt(chunks.samples()).putInt(chunks.chunkSize());
    launch.putInt(chunks.blocksPerChunk()).putInt(chunks.blocks());
    launch.putInt(work.firstChunk).putInt(work.room).putInt(work.outcome.code);
    launch.putInt(first.updater()).putInt(updates.size());
    launch.putInt(summed ? 1 : 0).putInt(spread ? 1 : 0);
    // The size of a struct with a long is a multiple of a long's.
    launch.limit((launch.position() + Long.BYTES - 1) / Long.BYTES * Long.BYTES).rewind();
  }

  private void real(double value) {
    if (precision == Precision.FLOAT) {
      launch.putFloat((float) value);
    } else {
      launch.putDouble(value);
    }
  }

  void trace(OpenClBuffer state, Columns columns, int samples, OpenClTrace to) {
    OpenClKernel trace = kernels.get(TRACE).arguments().with(state);
    columns.buffers().forEach(trace::with);
    trace.with(samples);
    to.buffers().forEach(trace::with);
    queue.launch(trace, (samples - 1) / groups.width() + 1, group);
  }

  /** Samples in the memory of the device, a buffer for each of the columns x1, x2 and y. */
  record Columns(List<OpenClBuffer> buffers) implements AutoCloseable {
    static Columns allocate(OpenClContext context, Precision precision, long samples) {
      long bytes = samples * precision.bytes();
      return new Columns(context.buffers("samples", bytes, bytes, bytes));
    }

    @Override
    public void close() {
      buffers.forEach(OpenClBuffer::close);
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
    counters.close();
    kernels.forEach(OpenClKernel::close);
  }
}
