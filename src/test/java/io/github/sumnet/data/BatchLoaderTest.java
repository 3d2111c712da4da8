package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.network.Precision;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLoaderTest {

  @Property(tries = 200)
  void what_was_read_ahead_is_what_direct_reading_yields(
      @ForAll @LongRange(min = 1, max = 500) long samples,
      @ForAll @IntRange(min = 1, max = 600) int batchSize,
      @ForAll @IntRange(min = 1, max = 700) int chunkSize,
      @ForAll @LongRange(max = 1L << 40) long firstStep,
      @ForAll @IntRange(min = 1, max = 4) int buffers,
      @ForAll Precision precision)
      throws InterruptedException {
    SyntheticBatches source = new SyntheticBatches(3, InputRange.DEFAULT, samples);
    Slicing slicing = new Slicing(samples, batchSize, chunkSize);
    try (BatchLoader loader = new BatchLoader(source, slicing, firstStep, precision, buffers)) {
      for (long step = firstStep; step < firstStep + 3; step++) {
        Batch expected = Batch.allocate(precision, batchSize);
        source.read(slicing.firstSample(step), slicing.batchSize(step), expected);
        int done = 0;
        for (int chunk = 0; chunk < slicing.chunks(step); chunk++) {
          Batch batch = loader.take();
          assertThat(batch.position()).isEqualTo(chunk);
          assertThat(batch.size()).isEqualTo(slicing.chunkSize(step, chunk));
          for (int i = 0; i < batch.size(); i++, done++) {
            assertThat(batch.x1(i)).isEqualTo(expected.x1(done));
            assertThat(batch.x2(i)).isEqualTo(expected.x2(done));
            assertThat(batch.y(i)).isEqualTo(expected.y(done));
          }
          loader.release(batch);
        }
        assertThat(done).isEqualTo(expected.size());
      }
    }
  }

  @Test
  @Timeout(10)
  void every_epoch_is_read_in_its_own_order() throws InterruptedException {
    Slicing slicing = new Slicing(100, 30, 7);
    ShuffledBatches shuffled =
        new ShuffledBatches(new SyntheticBatches(1, InputRange.DEFAULT, 100), 100, 3);
    try (BatchLoader loader = new BatchLoader(shuffled, slicing, 5, Precision.DOUBLE, 2)) {
      for (long step = 5; step < 13; step++) {
        Batch expected = Batch.allocate(Precision.DOUBLE, 30);
        shuffled
            .inEpoch(slicing.epoch(step))
            .read(slicing.firstSample(step), slicing.batchSize(step), expected);
        int done = 0;
        for (int chunk = 0; chunk < slicing.chunks(step); chunk++) {
          Batch batch = loader.take();
          for (int i = 0; i < batch.size(); i++, done++) {
            assertThat(batch.x1(i)).isEqualTo(expected.x1(done));
          }
          loader.release(batch);
        }
      }
    }
  }

  @ParameterizedTest
  @Timeout(10)
  @ValueSource(ints = {1, 3})
  void no_more_buffers_than_asked_for_are_ever_filled(int buffers) throws InterruptedException {
    Set<Batch> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    try (BatchLoader loader = new BatchLoader(source(), SLICING, 0, Precision.FLOAT, buffers)) {
      for (int chunk = 0; chunk < 1000; chunk++) {
        Batch batch = loader.take();
        seen.add(batch);
        loader.release(batch);
      }
    }
    assertThat(seen).hasSize(buffers);
  }

  @Test
  @Timeout(10)
  void reading_waits_until_a_buffer_is_given_back() throws InterruptedException {
    Set<Long> reads = Collections.synchronizedSet(new HashSet<>());
    BatchSource recorded =
        new Recorded(
            first -> {
              reads.add(first);
            });
    try (BatchLoader loader = new BatchLoader(recorded, SLICING, 0, Precision.FLOAT, 2)) {
      Batch first = loader.take();
      loader.take();
      Thread.sleep(50);
      assertThat(reads).containsExactlyInAnyOrder(0L, 10L);
      loader.release(first);
      assertThat(loader.take()).isSameAs(first);
      assertThat(reads).containsExactlyInAnyOrder(0L, 10L, 20L);
    }
  }

  @Test
  @Timeout(10)
  void a_failure_to_read_reaches_whoever_takes_after_the_chunks_before_it()
      throws InterruptedException {
    DataException damage = new DataException("samples.csv:21: damaged");
    BatchSource damaged =
        new Recorded(
            first -> {
              if (first == 20) {
                throw damage;
              }
            });
    try (BatchLoader loader = new BatchLoader(damaged, SLICING, 0, Precision.FLOAT, 8)) {
      loader.take();
      loader.take();
      assertThatThrownBy(loader::take).isSameAs(damage);
      assertThatThrownBy(loader::take).isSameAs(damage);
    }
  }

  @Test
  @Timeout(10)
  void an_error_while_reading_is_not_swallowed_either() {
    BatchSource exhausted =
        new Recorded(
            first -> {
              throw new OutOfMemoryError("planted");
            });
    try (BatchLoader loader = new BatchLoader(exhausted, SLICING, 0, Precision.FLOAT, 1)) {
      assertThatThrownBy(loader::take).isInstanceOf(OutOfMemoryError.class).hasMessage("planted");
    }
  }

  @Test
  @Timeout(10)
  void closing_ends_the_thread() throws InterruptedException {
    AtomicReference<Thread> reader = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    BatchSource recorded =
        new Recorded(
            first -> {
              reader.set(Thread.currentThread());
              started.countDown();
            });
    try (BatchLoader loader = new BatchLoader(recorded, SLICING, 0, Precision.FLOAT, 2)) {
      started.await();
      assertThat(reader.get().isDaemon()).isTrue();
      assertThat(loader.take()).isNotNull();
    }
    reader.get().join(5000);
    assertThat(reader.get().isAlive()).isFalse();
  }

  private static final Slicing SLICING = new Slicing(1000, 50, 10);

  private static SyntheticBatches source() {
    return new SyntheticBatches(1, InputRange.DEFAULT, SLICING.samples());
  }

  /** Says where each read begins before it happens. */
  private record Recorded(LongConsumer before) implements BatchSource {
    @Override
    public long samples() {
      return SLICING.samples();
    }

    @Override
    public void read(long first, int count, Batch into) {
      before.accept(first);
      source().read(first, count, into);
    }
  }
}
