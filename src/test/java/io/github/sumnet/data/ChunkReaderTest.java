package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

  @Property(tries = 50)
  void threads_that_take_in_any_order_get_the_chunks_they_wish(
      @ForAll @IntRange(min = 100, max = 5000) int samples, @ForAll long seed) throws Exception {
    Slicing slicing = new Slicing(samples, 640, 7);
    BatchSource source = shuffled(samples);
    ChunkReader ordered = new ChunkReader(source, slicing, 0, Precision.DOUBLE);
    ChunkReader shared = new ChunkReader(source, slicing, 0, Precision.DOUBLE);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    Random random = new Random(seed);
    try {
      for (int step = 0; step < 6; step++) {
        List<List<Double>> expected = new ArrayList<>();
        List<Integer> wishes = new ArrayList<>();
        for (int chunk = 0; chunk < slicing.chunks(step); chunk++) {
          Batch batch = ordered.take();
          expected.add(content(batch));
          ordered.release(batch);
          wishes.add(chunk);
        }
        Collections.shuffle(wishes, random);
        List<Future<List<Double>>> taken = new ArrayList<>();
        for (int wish : wishes) {
          taken.add(
              threads.submit(
                  () -> {
                    Batch batch = shared.take(wish);
                    List<Double> content = content(batch);
                    shared.release(batch);
                    return content;
                  }));
        }
        for (int i = 0; i < wishes.size(); i++) {
          assertThat(taken.get(i).get()).isEqualTo(expected.get(wishes.get(i)));
        }
      }
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
