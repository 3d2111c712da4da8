package io.github.sumnet.data;

import io.github.sumnet.network.Precision;
import io.github.sumnet.network.SplitMix64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Other samples in another order in every epoch, as a pure function of (seed, epoch, index): no
 * list of indices is kept, and it does not matter who reads which part when.
 *
 * <p>Blocks of 4,096 neighbouring rows are put into a random order; then the rows of every four
 * blocks that have become neighbours, a window of 16,384, are put into a random order. So a block
 * is read in one piece (48 KiB of float32, and just what CSV is parsed by), a window fits a core's
 * second cache, and a batch of any size is drawn at random from four places of the file or more. A
 * batch of B samples is thus not one of all samples at random but one of about 4·B/16,384 + 3
 * blocks: in a file that is sorted, put the rows into a random order once before.
 */
public final class ShuffledBatches implements BatchSource {
  private static final int BLOCK_ROWS = 4096;
  private static final int WINDOW_BLOCKS = 4;

  private final BatchSource source;
  private final long samples;
  private final long seed;
  private final int blockRows;
  private final int windowBlocks;
  private final int blocks;
  private final int[] numbers;

  /**
   * Not in a ThreadLocal, which would keep this, by its windows, for as long as the threads live.
   */
  private final Map<Thread, Window> windows = new ConcurrentHashMap<>();

  /**
   * Shuffles the first samples of a source.
   *
   * @param samples how many, 1 to 2^42
   */
  public ShuffledBatches(BatchSource source, long samples, long seed) {
    this(source, samples, seed, BLOCK_ROWS, WINDOW_BLOCKS);
  }

  /** Shuffles with blocks and windows of other sizes. */
  ShuffledBatches(BatchSource source, long samples, long seed, int blockRows, int windowBlocks) {
    Objects.checkFromIndexSize(0, samples, source.samples());
    this.source = source;
    this.samples = samples;
    this.seed = seed;
    this.blockRows = blockRows;
    this.windowBlocks = windowBlocks;
    this.blocks = Math.toIntExact((samples - 1) / blockRows + 1);
    this.numbers = IntStream.range(0, blockRows * windowBlocks).toArray();
  }

  @Override
  public long samples() {
    return samples;
  }

  /** {@inheritDoc} In the order of the first epoch. */
  @Override
  public void read(long first, int count, Batch into) {
    read(0, first, count, into);
  }

  @Override
  public void requireWhole() {
    source.requireWhole();
  }

  @Override
  public BatchSource inEpoch(long epoch) {
    return new BatchSource() {
      @Override
      public long samples() {
        return samples;
      }

      @Override
      public void read(long first, int count, Batch into) {
        ShuffledBatches.this.read(epoch, first, count, into);
      }
    };
  }

  private void read(long epoch, long first, int count, Batch into) {
    Objects.checkFromIndexSize(first, count, samples);
    into.resize(count);
    Window read = windows.computeIfAbsent(Thread.currentThread(), any -> new Window());
    for (int done = 0; done < count; ) {
      read.require(epoch, first + done, into.precision());
      int from = (int) (first + done - read.start);
      int length = Math.min(count - done, read.size - from);
      read.rows.pick(read.order, from, length, into, done);
      done += length;
    }
  }

  /** The order of an epoch's blocks. */
  private Permutation blockOrder(long epoch) {
    return new Permutation(blocks, SplitMix64.mix(seed) ^ SplitMix64.mix(~epoch));
  }

  /** The order of the rows within a window of an epoch. */
  private Permutation rowOrder(long epoch, int windowNumber, int rows) {
    long key = SplitMix64.mix(SplitMix64.mix(seed) + epoch) + windowNumber + 1;
    return new Permutation(rows, SplitMix64.mix(key));
  }

  /** A thread's window: the samples that were last read, and the order of them. */
  private final class Window {
    private final int[] order = new int[blockRows * windowBlocks];
    private Precision precision;
    private Batch block;
    private Rows rows;
    private Permutation blockOrder;
    private long epoch = -1;
    private long lastBlockAt;
    private long start;
    private int size;

    /** Makes it the window that has the sample. */
    void require(long wantedEpoch, long sample, Precision wantedPrecision) {
      if (precision != wantedPrecision) {
        precision = wantedPrecision;
        block = Batch.allocate(precision, blockRows);
        rows = Rows.allocate(precision, blockRows * windowBlocks);
        size = 0;
      }
      if (epoch != wantedEpoch) {
        epoch = wantedEpoch;
        blockOrder = blockOrder(epoch);
        lastBlockAt = blockOrder.invert(blocks - 1);
        size = 0;
      }
      if (sample < start || sample >= start + size) {
        load(windowOf(sample));
      }
    }

    /** The last block may be short; all after it begin earlier by what it lacks. */
    private long startOfBlockAt(long place) {
      long lacking = (long) blocks * blockRows - samples;
      return place * blockRows - (place > lastBlockAt ? lacking : 0);
    }

    private int windowOf(long sample) {
      int number = (int) (sample / ((long) blockRows * windowBlocks));
      return startOfBlockAt((number + 1L) * windowBlocks) <= sample ? number + 1 : number;
    }

    private void load(int number) {
      long firstPlace = (long) number * windowBlocks;
      long endPlace = Math.min(firstPlace + windowBlocks, blocks);
      size = 0;
      start = startOfBlockAt(firstPlace);
      int count = (int) (startOfBlockAt(endPlace) - start);
      rowOrder(epoch, number, count).applyAll(numbers, order);
      int done = 0;
      for (long place = firstPlace; place < endPlace; place++) {
        done += load((long) blockOrder.apply((int) place) * blockRows, done);
      }
      size = count;
    }

    private int load(long first, int at) {
      int count = (int) Math.min(blockRows, samples - first);
      if (!(source instanceof StoredBatches file && file.readRows(first, count, rows, at))) {
        source.read(first, count, block);
        rows.put(block, at);
      }
      return count;
    }
  }
}
