package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.network.Precision;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticBatchesTest {
  private static final long A_TRILLION = 1_000_000_000_000L;

  @Provide
  Arbitrary<InputRange> ranges() {
    return InputRanges.all();
  }

  @Property
  void however_it_is_read_a_sample_is_the_same(
      @ForAll long seed,
      @ForAll("ranges") InputRange range,
      @ForAll @LongRange(max = A_TRILLION - 1000) long start,
      @ForAll @Size(min = 1, max = 10) List<@IntRange(max = 100) Integer> counts) {
    SyntheticBatches samples = new SyntheticBatches(seed, range, A_TRILLION);
    Batch whole = read(samples, Precision.DOUBLE, start, 1000);
    int done = 0;
    for (int count : counts) {
      Batch part = read(samples, Precision.DOUBLE, start + done, count);
      for (int i = 0; i < count; i++) {
        assertThat(sample(part, i)).containsExactly(sample(whole, done + i));
      }
      done += count;
    }
  }

  @Property
  void float_and_double_hold_the_same_numbers_and_y_is_exactly_the_sum(
      @ForAll long seed, @ForAll("ranges") InputRange range) {
    SyntheticBatches samples = new SyntheticBatches(seed, range, 100);
    FloatBatch floats = (FloatBatch) read(samples, Precision.FLOAT, 0, 100);
    DoubleBatch doubles = (DoubleBatch) read(samples, Precision.DOUBLE, 0, 100);
    for (int i = 0; i < 100; i++) {
      assertThat(sample(floats, i)).containsExactly(sample(doubles, i));
      assertThat(floats.yColumn()[i]).isEqualTo(floats.x1Column()[i] + floats.x2Column()[i]);
      assertThat(doubles.yColumn()[i]).isEqualTo(doubles.x1Column()[i] + doubles.x2Column()[i]);
    }
  }

  @Property
  void inputs_lie_in_the_range_and_on_its_grid(
      @ForAll long seed, @ForAll("ranges") InputRange range) {
    Batch batch = read(new SyntheticBatches(seed, range, 100), Precision.DOUBLE, 0, 100);
    for (int i = 0; i < 100; i++) {
      for (double x : new double[] {batch.x1(i), batch.x2(i)}) {
        assertThat(x).isGreaterThanOrEqualTo(range.low()).isLessThan(range.high());
        assertThat(x / range.grid()).isEqualTo(Math.rint(x / range.grid()));
      }
    }
  }

  @Test
  void all_points_of_a_small_grid_occur_including_both_ends() {
    InputRange range = new InputRange(-2 * 0x1p-24, 3 * 0x1p-24);
    Batch batch = read(new SyntheticBatches(1, range, 1000), Precision.DOUBLE, 0, 1000);
    Set<Double> found = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      found.add(batch.x1(i) / range.grid());
    }
    assertThat(found).containsExactlyInAnyOrder(-2.0, -1.0, 0.0, 1.0, 2.0);
  }

  /**
   * χ² over 16 x 16 cells of (a, b) has 255 degrees of freedom: 255 ± 23. Beyond 6 deviations on
   * either side the pairs are not uniform, or not independent.
   */
  @ParameterizedTest
  @CsvSource({"1", "2", "-1", "0"})
  void inputs_are_uniform_and_independent_in_their_highest_and_lowest_bits(long seed) {
    int count = 1 << 18;
    Batch batch =
        read(
            new SyntheticBatches(seed, InputRange.DEFAULT, count + 1),
            Precision.DOUBLE,
            0,
            count + 1);
    IntUnaryOperator x1 = i -> (int) (batch.x1(i) * 0x1p24);
    IntUnaryOperator x2 = i -> (int) (batch.x2(i) * 0x1p24);
    IntUnaryOperator nextX1 = i -> x1.applyAsInt(i + 1);

    assertThat(chiSquare(count, high(x1), high(x2))).as("x1, x2").isCloseTo(255, within(136.0));
    assertThat(chiSquare(count, low(x1), low(x2))).as("low x1, x2").isCloseTo(255, within(136.0));
    assertThat(chiSquare(count, high(x1), low(x2))).as("mixed").isCloseTo(255, within(136.0));
    assertThat(chiSquare(count, high(x1), high(nextX1))).as("next").isCloseTo(255, within(136.0));
    assertThat(chiSquare(count, low(x2), low(nextX1))).as("low next").isCloseTo(255, within(136.0));
  }

  /** The upper 4 of the 23 bits that x in [0, ½) has on its grid. */
  private static IntUnaryOperator high(IntUnaryOperator x) {
    return i -> x.applyAsInt(i) >>> 19;
  }

  private static IntUnaryOperator low(IntUnaryOperator x) {
    return i -> x.applyAsInt(i) & 15;
  }

  private static double chiSquare(int count, IntUnaryOperator a, IntUnaryOperator b) {
    int[] cells = new int[256];
    for (int i = 0; i < count; i++) {
      cells[16 * a.applyAsInt(i) + b.applyAsInt(i)]++;
    }
    double expected = count / 256.0;
    double sum = 0;
    for (int cell : cells) {
      sum += (cell - expected) * (cell - expected) / expected;
    }
    return sum;
  }

  @Test
  void other_seeds_and_held_out_samples_share_nothing_with_the_training_samples() {
    int count = 20_000;
    Set<List<Double>> pairs = new HashSet<>();
    for (long seed = 0; seed < 3; seed++) {
      addPairs(pairs, new SyntheticBatches(seed, InputRange.DEFAULT, count));
      addPairs(pairs, SyntheticBatches.heldOut(seed, InputRange.DEFAULT, count));
    }
    assertThat(pairs).hasSize(6 * count);
  }

  private static void addPairs(Set<List<Double>> pairs, SyntheticBatches samples) {
    int count = (int) samples.samples();
    Batch batch = read(samples, Precision.DOUBLE, 0, count);
    for (int i = 0; i < count; i++) {
      pairs.add(List.of(batch.x1(i), batch.x2(i)));
    }
  }

  @Test
  void a_seeds_first_samples_never_change() {
    Batch batch = read(new SyntheticBatches(1, InputRange.DEFAULT, 2), Precision.DOUBLE, 0, 2);
    assertThat(sample(batch, 0))
        .containsExactly(6289344 * 0x1p-24, 7266667 * 0x1p-24, 13556011 * 0x1p-24);
    assertThat(sample(batch, 1))
        .containsExactly(3123862 * 0x1p-24, 4290901 * 0x1p-24, 7414763 * 0x1p-24);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 11", "10, 1", "9, 2", "9223372036854775807, 1", "0, -1"})
  void samples_outside_the_epoch_are_refused(long first, int count) {
    SyntheticBatches samples = new SyntheticBatches(1, InputRange.DEFAULT, 10);
    Batch batch = Batch.allocate(Precision.FLOAT, 20);
    assertThatThrownBy(() -> samples.read(first, count, batch))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void the_last_sample_of_the_largest_epoch_can_be_read() {
    SyntheticBatches samples = new SyntheticBatches(1, InputRange.DEFAULT, Long.MAX_VALUE);
    assertThat(read(samples, Precision.FLOAT, Long.MAX_VALUE - 1, 1).y(0)).isBetween(0.0, 1.0);
  }

  @Test
  void an_epoch_without_samples_is_refused() {
    assertThatThrownBy(() -> new SyntheticBatches(1, InputRange.DEFAULT, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one sample, not 0");
  }

  private static Batch read(BatchSource samples, Precision precision, long first, int count) {
    Batch batch = Batch.allocate(precision, Math.max(count, 1));
    samples.read(first, count, batch);
    assertThat(batch.size()).isEqualTo(count);
    return batch;
  }

  private static double[] sample(Batch batch, int i) {
    return new double[] {batch.x1(i), batch.x2(i), batch.y(i)};
  }
}
