package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicingTest {
  @Provide
  Arbitrary<Slicing> slicings() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 2000),
            Arbitraries.integers().between(1, 3000),
            Arbitraries.integers().between(1, 4000))
        .as(Slicing::new);
  }

  @Provide
  Arbitrary<Slicing> hugeSlicings() {
    return Combinators.combine(
            Arbitraries.longs().between(1, Long.MAX_VALUE),
            Arbitraries.integers().between(1, Integer.MAX_VALUE),
            Arbitraries.integers().between(1, Integer.MAX_VALUE))
        .as(Slicing::new);
  }

  @Property
  void the_batches_of_an_epoch_follow_each_other_and_add_up_to_its_samples(
      @ForAll("slicings") Slicing slicing, @ForAll @LongRange(max = 5) long epoch) {
    long first = epoch * slicing.stepsPerEpoch();
    long next = 0;
    for (long step = first; step < first + slicing.stepsPerEpoch(); step++) {
      assertThat(slicing.epoch(step)).isEqualTo(epoch);
      assertThat(slicing.firstSample(step)).isEqualTo(next);
      assertThat(slicing.samplesBefore(step)).isEqualTo(epoch * slicing.samples() + next);
      assertThat(slicing.batchSize(step)).isBetween(1, slicing.batchSize());
      next += slicing.batchSize(step);
    }
    assertThat(next).isEqualTo(slicing.samples());
  }

  @Property
  void the_chunks_of_any_step_add_up_to_its_batch(
      @ForAll("hugeSlicings") Slicing slicing, @ForAll @LongRange long step) {
    int chunks = slicing.chunks(step);
    int last = slicing.chunkSize(step, chunks - 1);
    assertThat(last).isBetween(1, slicing.chunkSize());
    assertThat((chunks - 1L) * slicing.chunkSize() + last).isEqualTo(slicing.batchSize(step));
    if (chunks > 1) {
      assertThat(slicing.chunkSize(step, 0)).isEqualTo(slicing.chunkSize());
      assertThat(slicing.chunkSize(step, chunks - 2)).isEqualTo(slicing.chunkSize());
    }
    assertThat(slicing.largestChunk()).isGreaterThanOrEqualTo(slicing.chunkSize(step, 0));
  }

  @Property
  void every_step_takes_as_many_samples_as_lie_between_it_and_the_next(
      @ForAll("slicings") Slicing slicing, @ForAll @LongRange(max = 1L << 40) long step) {
    assertThat(slicing.samplesBefore(step + 1) - slicing.samplesBefore(step))
        .isEqualTo(slicing.batchSize(step));
  }

  @Test
  void the_ends_of_epochs_and_batches_are_ragged() {
    Slicing slicing = new Slicing(10, 4, 3);
    assertThat(slicing.stepsPerEpoch()).isEqualTo(3);
    assertThat(slicing.batchSize(1)).isEqualTo(4);
    assertThat(slicing.chunks(1)).isEqualTo(2);
    assertThat(slicing.chunkSize(1, 1)).isEqualTo(1);
    assertThat(slicing.batchSize(2)).isEqualTo(2);
    assertThat(slicing.chunks(2)).isEqualTo(1);
    assertThat(slicing.chunkSize(2, 0)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0", "-5, 1, 1"})
  void nothing_is_cut_into_pieces_of_less_than_one(long samples, int batchSize, int chunkSize) {
    assertThatThrownBy(() -> new Slicing(samples, batchSize, chunkSize))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "samples, batch size and chunk size must be at least 1, not %d, %d, %d",
            samples, batchSize, chunkSize);
  }
}
