package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.network.Precision;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ResidentChunksTest {
  @Property(tries = 100)
  void the_chunks_are_the_first_samples_in_order_each_with_its_place(
      @ForAll @IntRange(min = 1, max = 500) int batchSize,
      @ForAll @IntRange(min = 1, max = 200) int chunkSize,
      @ForAll Precision precision) {
    SyntheticBatches source = new SyntheticBatches(7, InputRange.DEFAULT, 1000);
    ResidentChunks chunks = ResidentChunks.read(source, precision, batchSize, chunkSize);
    for (int k = 0; k < chunks.chunks().size(); k++) {
      assertThat(chunks.take(k)).isSameAs(chunks.chunks().get(k));
    }
    assertHolds(chunks, source, precision, batchSize, chunkSize);
  }

  @Property(tries = 100)
  void other_samples_are_read_into_the_same_batches(
      @ForAll @IntRange(min = 1, max = 500) int batchSize,
      @ForAll @IntRange(min = 1, max = 200) int chunkSize,
      @ForAll Precision precision) {
    BatchSource source = new SyntheticBatches(7, InputRange.DEFAULT, 1000);
    ResidentChunks chunks = ResidentChunks.read(source, precision, batchSize, chunkSize);
    BatchSource other = new SyntheticBatches(8, InputRange.DEFAULT, 1000);

    chunks.readAgain(other);
    assertHolds(chunks, other, precision, batchSize, chunkSize);
  }

  /** Each chunk has its place, and one after another they are the first samples of a source. */
  private static void assertHolds(
      ResidentChunks chunks,
      BatchSource source,
      Precision precision,
      int batchSize,
      int chunkSize) {
    int sample = 0;
    for (int k = 0; k < chunks.chunks().size(); k++) {
      Batch chunk = chunks.chunks().get(k);
      assertThat(chunk.position()).isEqualTo(k);
      assertThat(chunk.size()).isLessThanOrEqualTo(chunkSize);
      Samples.assertSame(chunk, Samples.read(source, precision, sample, chunk.size()));
      sample += chunk.size();
    }
    assertThat(sample).isEqualTo(batchSize);
  }

  @Property(tries = 20)
  void they_are_the_same_ones_step_after_step(@ForAll @IntRange(min = 1, max = 9) int chunkSize) {
    SyntheticBatches source = new SyntheticBatches(7, InputRange.DEFAULT, 9);
    ResidentChunks chunks = ResidentChunks.read(source, Precision.FLOAT, 9, chunkSize);
    for (int step = 0; step < 3; step++) {
      for (Batch each : chunks.chunks()) {
        assertThat(chunks.take()).isSameAs(each);
      }
    }
  }
}
