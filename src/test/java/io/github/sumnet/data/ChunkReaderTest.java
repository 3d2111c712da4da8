package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ChunkReaderTest {
  private static final int TAKEN = 40;

  @Property(tries = 200)
  void it_gives_the_chunks_that_a_loader_gives(
      @ForAll @IntRange(min = 1, max = 500) int samples,
      @ForAll @IntRange(min = 1, max = 200) int batchSize,
      @ForAll @IntRange(min = 1, max = 90) int chunkSize,
      @ForAll @LongRange(max = 50) long firstStep)
      throws InterruptedException {
    Slicing slicing = new Slicing(samples, batchSize, chunkSize);
    BatchSource source = shuffled(samples);
    ChunkReader reader = new ChunkReader(source, slicing, firstStep, Precision.FLOAT);
    try (BatchLoader loader = new BatchLoader(source, slicing, firstStep, Precision.FLOAT, 2)) {
      for (int i = 0; i < TAKEN; i++) {
        Batch loaded = loader.take();
        Batch read = reader.take();
        assertThat(content(read)).isEqualTo(content(loaded));
        loader.release(loaded);
        reader.release(read);
      }
    }
  }

  @Property(tries = 20)
  void threads_that_take_at_the_same_time_get_every_chunk_once(
      @ForAll @IntRange(min = 100, max = 5000) int samples) throws Exception {
    Slicing slicing = new Slicing(samples, 64, 7);
    BatchSource source = shuffled(samples);
    ChunkReader alone = new ChunkReader(source, slicing, 0, Precision.DOUBLE);
    List<List<Double>> expected = new ArrayList<>();
    for (int i = 0; i < 8 * TAKEN; i++) {
      expected.add(content(alone.take()));
    }
    ChunkReader shared = new ChunkReader(source, slicing, 0, Precision.DOUBLE);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<List<Double>>>> taken = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        taken.add(
            threads.submit(
                () -> {
                  List<List<Double>> mine = new ArrayList<>();
                  for (int i = 0; i < TAKEN; i++) {
                    Batch batch = shared.take();
                    mine.add(content(batch));
                    shared.release(batch);
                  }
                  return mine;
                }));
      }
      List<List<Double>> all = new ArrayList<>();
      for (Future<List<List<Double>>> each : taken) {
        all.addAll(each.get());
      }
      assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      threads.shutdownNow();
    }
  }

  private static BatchSource shuffled(int samples) {
    return new ShuffledBatches(
        new SyntheticBatches(3, InputRange.DEFAULT, samples), samples, 5, 8, 3);
  }

  private static List<Double> content(Batch batch) {
    List<Double> numbers = new ArrayList<>();
    numbers.add((double) batch.position());
    for (int i = 0; i < batch.size(); i++) {
      numbers.add(batch.x1(i));
      numbers.add(batch.x2(i));
      numbers.add(batch.y(i));
    }
    return numbers;
  }
}
