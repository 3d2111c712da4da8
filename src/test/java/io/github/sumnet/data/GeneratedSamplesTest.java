package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.network.Precision;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** A batch that only refers to samples is, to whoever looks at it, one that holds them. */
class GeneratedSamplesTest {
  private static final int COUNT = 50;
  private static final SyntheticBatches SOURCE = new SyntheticBatches(7, InputRange.DEFAULT, 1000);

  /** What may be looked at first. */
  enum Look {
    X1,
    X2,
    Y,
    X1_COLUMN,
    X2_COLUMN,
    Y_COLUMN;

    double at(Batch batch, int sample) {
      return switch (this) {
        case X1 -> batch.x1(sample);
        case X2 -> batch.x2(sample);
        case Y -> batch.y(sample);
        case X1_COLUMN ->
            batch instanceof FloatBatch floats
                ? floats.x1Column()[sample]
                : ((DoubleBatch) batch).x1Column()[sample];
        case X2_COLUMN ->
            batch instanceof FloatBatch floats
                ? floats.x2Column()[sample]
                : ((DoubleBatch) batch).x2Column()[sample];
        case Y_COLUMN ->
            batch instanceof FloatBatch floats
                ? floats.yColumn()[sample]
                : ((DoubleBatch) batch).yColumn()[sample];
      };
    }
  }

  @Provide
  Arbitrary<InputRange> ranges() {
    return InputRanges.all();
  }

  @Property(tries = 200)
  void whatever_is_looked_at_first_is_there_and_then_all_is(
      @ForAll Precision precision,
      @ForAll Look look,
      @ForAll @IntRange(max = 1000 - COUNT) int first,
      @ForAll @IntRange(max = COUNT - 1) int sample) {
    Batch expected = Samples.read(SOURCE, precision, first, COUNT);
    Batch batch = referred(precision, first);
    assertThat(batch.pending()).isPresent();

    assertThat(look.at(batch, sample)).isEqualTo(look.at(expected, sample));
    assertThat(batch.pending()).isEmpty();
    Samples.assertSame(batch, expected);
  }

  @Property(tries = 100)
  void a_sample_that_is_set_stays_among_those_that_are_generated(
      @ForAll Precision precision, @ForAll @IntRange(max = COUNT - 1) int sample) {
    Batch expected = Samples.read(SOURCE, precision, 0, COUNT);
    expected.set(sample, 1, 2, 3);
    Batch batch = referred(precision, 0);

    batch.set(sample, 1, 2, 3);
    Samples.assertSame(batch, expected);
  }

  @Property(tries = 100)
  void so_do_samples_that_are_copied_to_a_place(
      @ForAll Precision precision,
      @ForAll @IntRange(max = COUNT - 1) int at,
      @ForAll @IntRange(min = 1, max = COUNT) int most) {
    int count = Math.min(most, COUNT - at);
    Samples.Counted others = new Samples.Counted(COUNT);
    Batch expected = Samples.read(SOURCE, precision, 0, COUNT);
    for (int i = 0; i < count; i++) {
      expected.set(at + i, i + 0.25, i + 0.5, i + 0.75);
    }
    Batch batch = referred(precision, 0);

    batch.copy((DoubleBatch) Samples.readAll(others, Precision.DOUBLE), 0, at, count);
    Samples.assertSame(batch, expected);
  }

  @Property
  void samples_follow_those_that_end_where_they_begin(
      @ForAll long seed,
      @ForAll("ranges") InputRange range,
      @ForAll @LongRange(max = 1L << 40) long first,
      @ForAll @IntRange(min = 1, max = 1000) int count,
      @ForAll @IntRange(min = -1, max = 1) int gap) {
    GeneratedSamples before = generated(seed, range, first);

    assertThat(generated(seed, range, first + count + gap).follow(before, count))
        .isEqualTo(gap == 0);
    assertThat(generated(seed + 1, range, first + count).follow(before, count)).isFalse();
    assertThat(generated(seed, new InputRange(2.5, 7.25), first + count).follow(before, count))
        .isFalse();
  }

  private static Batch referred(Precision precision, long first) {
    Batch batch = Batch.allocate(precision, COUNT);
    SOURCE.refer(first, COUNT, batch);
    return batch;
  }

  private static GeneratedSamples generated(long seed, InputRange range, long first) {
    Batch batch = Batch.allocate(Precision.FLOAT, 1);
    new SyntheticBatches(seed, range, 1L << 41).refer(first, 1, batch);
    return (GeneratedSamples) batch.pending().orElseThrow();
  }
}
