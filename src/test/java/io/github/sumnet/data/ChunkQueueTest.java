package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.network.Precision;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChunkQueueTest {
  @Test
  void batches_at_hand_come_in_their_order_and_know_their_place() throws InterruptedException {
    List<Batch> batches =
        Stream.generate(() -> Batch.allocate(Precision.FLOAT, 1)).limit(5).toList();
    ChunkQueue queue = ChunkQueue.of(batches);
    for (int place = 0; place < 5; place++) {
      Batch chunk = queue.take();
      assertThat(chunk).isSameAs(batches.get(place));
      assertThat(chunk.position()).isEqualTo(place);
      queue.release(chunk);
    }
    assertThatThrownBy(queue::take).isInstanceOf(NoSuchElementException.class);
  }
}
