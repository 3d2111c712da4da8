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
    Batch expected = Batch.allocate(precision, batchSize);
    source.read(0, batchSize, expected);
    ResidentChunks chunks = ResidentChunks.read(source, precision, batchSize, chunkSize);
    int sample = 0;
    for (int k = 0; k < chunks.chunks().size(); k++) {
      Batch chunk = chunks.take(k);
      assertThat(chunk).isSameAs(chunks.chunks().get(k));
      assertThat(chunk.position()).isEqualTo(k);
      assertThat(chunk.size()).isLessThanOrEqualTo(chunkSize);
      for (int i = 0; i < chunk.size(); i++, sample++) {
        assertThat(chunk.x1(i)).isEqualTo(expected.x1(sample));
        assertThat(chunk.x2(i)).isEqualTo(expected.x2(sample));
        assertThat(chunk.y(i)).isEqualTo(expected.y(sample));
      }
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
