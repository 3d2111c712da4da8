package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.Samples.Counted;
import io.github.sumnet.data.csv.CsvBatches;
import io.github.sumnet.data.csv.CsvFormat;
import io.github.sumnet.data.npy.NpyFormat;
import io.github.sumnet.data.npy.SmallSegments;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffledBatchesTest {
  @Property(tries = 500)
  void an_epoch_has_every_sample_once_and_whole(
      @ForAll @IntRange(min = 1, max = 700) int samples,
      @ForAll @IntRange(min = 1, max = 40) int blockRows,
      @ForAll @IntRange(min = 1, max = 6) int windowBlocks,
      @ForAll long seed,
      @ForAll @LongRange(max = 1000) long epoch,
      @ForAll Precision precision) {
    BatchSource shuffled =
        shuffled(new Counted(samples), seed, blockRows, windowBlocks).inEpoch(epoch);

    assertThat(sorted(order(shuffled, precision, 0, samples)))
        .isEqualTo(LongStream.range(0, samples).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4095, 4096, 4097, 8191, 12_289, 16_383, 16_384, 16_385, 65_537})
  void so_has_one_of_blocks_and_windows_of_the_usual_size(int samples) {
    for (long epoch = 0; epoch < 3; epoch++) {
      BatchSource shuffled = shuffled(new Counted(samples), 5).inEpoch(epoch);
      assertThat(sorted(order(shuffled))).isEqualTo(LongStream.range(0, samples).toArray());
    }
  }

  @Property(tries = 300)
  void however_an_epoch_is_cut_its_order_is_the_same(
      @ForAll @IntRange(min = 1, max = 700) int samples,
      @ForAll long seed,
      @ForAll @LongRange(max = 9) long epoch,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 699) Integer> starts,
      @ForAll @IntRange(min = 0, max = 300) int length) {
    ShuffledBatches shuffled = shuffled(new Counted(samples), seed, 16, 4);
    long[] whole = order(shuffled(new Counted(samples), seed, 16, 4).inEpoch(epoch));
    for (int start : starts) {
      int first = start % samples;
      int count = Math.min(length, samples - first);
      // Another epoch in between must not leave anything behind.
      Samples.read(shuffled.inEpoch(epoch + 1), Precision.FLOAT, first, count);
      assertThat(order(shuffled.inEpoch(epoch), first, count))
          .isEqualTo(Arrays.copyOfRange(whole, first, first + count));
    }
  }

  @Test
  void threads_that_read_at_once_see_the_same_order() {
    ShuffledBatches shuffled = shuffled(new Counted(100_000), 5);
    long[] whole = order(shuffled.inEpoch(3));
    IntStream.range(0, 100)
        .parallel()
        .forEach(
            i ->
                assertThat(order(shuffled.inEpoch(3), 1000 * i, 1000))
                    .isEqualTo(Arrays.copyOfRange(whole, 1000 * i, 1000 * i + 1000)));
  }

  /** Files that lie in memory as they are shuffled take another way than all others. */
  @Property(tries = 50)
  void a_numpy_file_is_shuffled_like_any_other_source(
      @ForAll @IntRange(min = 1, max = 2000) int count,
      @ForAll Precision stored,
      @ForAll boolean columnsTogether)
      throws IOException {
    Path file = Files.createTempFile("shuffled", ".npy");
    try {
      Counted source = new Counted(count);
      Samples.write(file, new NpyFormat(stored, columnsTogether, count), source, count);
      BatchSource read = SmallSegments.open(file);
      int part = count - count / 10;
      for (Precision precision : Precision.values()) {
        Samples.assertSame(
            Samples.readAll(new ShuffledBatches(read, part, 9, 64, 4).inEpoch(2), precision),
            Samples.readAll(new ShuffledBatches(source, part, 9, 64, 4).inEpoch(2), precision));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 50)
  void so_is_a_csv_file(
      @ForAll @IntRange(min = 1, max = 2000) int count, @ForAll Precision precision)
      throws IOException {
    Path file = Files.createTempFile("shuffled", ".csv");
    try {
      Counted source = new Counted(count);
      Samples.write(file, new CsvFormat(Precision.DOUBLE), source, count);
      Samples.assertSame(
          Samples.readAll(shuffled(CsvBatches.open(file), 9, 64, 4).inEpoch(2), precision),
          Samples.readAll(shuffled(source, 9, 64, 4).inEpoch(2), precision));
    } finally {
      Files.delete(file);
    }
  }

  /** Else a run that is resumed would see some samples twice and others never. */
  @Test
  void a_seeds_orders_never_change() {
    BatchSource shuffled = shuffled(new Counted(50_000), 1).inEpoch(2);
    assertThat(order(shuffled, 0, 4)).containsExactly(8501, 11_775, 4444, 3866);
    assertThat(order(shuffled, 30_000, 4)).containsExactly(47_671, 48_707, 47_835, 47_575);
    assertThat(order(shuffled, 49_996, 4)).containsExactly(16_425, 18_518, 17_329, 18_073);
  }

  @Test
  void of_a_source_the_first_samples_alone_may_be_shuffled() {
    long[] order = order(new ShuffledBatches(new Counted(50_000), 30_000, 1).inEpoch(4));
    assertThat(sorted(order)).isEqualTo(LongStream.range(0, 30_000).toArray());
  }

  @Test
  void every_epoch_and_every_seed_has_an_order_of_its_own() {
    Counted source = new Counted(20_000);
    List<long[]> orders =
        List.of(
            order(shuffled(source, 1).inEpoch(0)),
            order(shuffled(source, 1).inEpoch(1)),
            order(shuffled(source, 1).inEpoch(2)),
            order(shuffled(source, 2).inEpoch(0)),
            order(shuffled(source, -1).inEpoch(0)),
            LongStream.range(0, 20_000).toArray());
    for (int i = 0; i < orders.size(); i++) {
      for (int j = 0; j < i; j++) {
        long[] one = orders.get(i);
        long[] other = orders.get(j);
        long same = IntStream.range(0, one.length).filter(k -> one[k] == other[k]).count();
        // About one in the whole epoch stays in its place by chance.
        assertThat(same).as("orders %d and %d", i, j).isLessThan(20);
      }
    }
    assertThat(order(shuffled(source, 1))).isEqualTo(orders.get(0));
  }

  /**
   * Where the samples of each sixteenth of the file come in an epoch, by sixteenths, over epochs:
   * χ² of each of 16 x 16 cells against the same share of whole blocks, which come and go together.
   */
  @Test
  void over_epochs_every_part_of_the_file_comes_everywhere_as_often() {
    int blocks = 64;
    int epochs = 400;
    ShuffledBatches shuffled = shuffled(new Counted(blocks * 16L), 11, 16, 4);
    double[][] counts = new double[16][16];
    for (long epoch = 0; epoch < epochs; epoch++) {
      long[] order = order(shuffled.inEpoch(epoch));
      for (int i = 0; i < order.length; i++) {
        counts[i * 16 / order.length][(int) (order[i] * 16 / order.length)] += 1 / 16.0;
      }
    }
    // 4 blocks of 64 for each window of 4, drawn without putting back: the variance of a cell is
    // that of the hypergeometric distribution, 4·(4/64)·(60/64)·(60/63) an epoch.
    double variance = epochs * 4 * (4 / 64.0) * (60 / 64.0) * (60 / 63.0);
    double chiSquare = 0;
    for (double[] row : counts) {
      for (double count : row) {
        double deviation = count - epochs * 4 * 4 / 64.0;
        chiSquare += deviation * deviation / variance;
      }
    }
    // 256 cells of expectation 1 each: 256 ± 23.
    assertThat(chiSquare).isBetween(256 - 6 * 23.0, 256 + 6 * 23.0);
  }

  @Test
  void a_small_batch_is_drawn_from_several_places_of_the_file() {
    Counted source = new Counted(1_000_000);
    long[] batch = order(shuffled(source, 5).inEpoch(0), 500_000, 64);
    assertThat(Arrays.stream(batch).map(i -> i / 4096).distinct().count()).isBetween(3L, 4L);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 4", "3, 1", "2, 2"})
  void samples_outside_the_epoch_are_refused(long first, int count) {
    BatchSource shuffled = shuffled(new Counted(3), 1).inEpoch(0);
    assertThatThrownBy(() -> shuffled.read(first, count, Batch.allocate(Precision.FLOAT, 5)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static ShuffledBatches shuffled(BatchSource source, long seed) {
    return new ShuffledBatches(source, source.samples(), seed);
  }

  private static ShuffledBatches shuffled(
      BatchSource source, long seed, int blockRows, int windowBlocks) {
    return new ShuffledBatches(source, source.samples(), seed, blockRows, windowBlocks);
  }

  private static long[] order(BatchSource shuffled) {
    return order(shuffled, 0, (int) shuffled.samples());
  }

  private static long[] order(BatchSource shuffled, int first, int count) {
    return order(shuffled, Precision.DOUBLE, first, count);
  }

  /** Which samples came, after a look whether each came whole. */
  private static long[] order(BatchSource shuffled, Precision precision, int first, int count) {
    Batch batch = Samples.read(shuffled, precision, first, count);
    return IntStream.range(0, count)
        .mapToLong(
            i -> {
              assertThat(batch.x2(i)).isEqualTo(batch.x1(i) + 0.25);
              assertThat(batch.y(i)).isEqualTo(batch.x1(i) + 0.5);
              return (long) batch.x1(i);
            })
        .toArray();
  }

  private static long[] sorted(long[] order) {
    long[] sorted = order.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
