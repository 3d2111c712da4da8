package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.WorkedExample;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class EngineFailureTest {
  private static final int CHUNKS = 10;

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 9", "2, 0", "2, 4", "3, 5", "3, 9", "8, 0", "8, 5", "8, 9"})
  void a_chunk_that_cannot_be_had_fails_the_step_and_leaves_the_engine_as_it_was(
      int threads, int damaged) throws InterruptedException {
    DataException damage = new DataException("samples.csv:21: damaged");
    try (Engine engine = engine(threads)) {
      LossAndGradient healthy = engine.lossAndGradient(ChunkQueue.of(chunks()), CHUNKS);
      for (int repetition = 0; repetition < 20; repetition++) {
        ChunkQueue queue = failingAt(damaged, damage);
        assertThatThrownBy(() -> engine.step(queue, CHUNKS, 0, true)).isSameAs(damage);
        assertThat(engine.model().weights()).isEqualTo(WorkedExample.WEIGHTS);
        assertThat(engine.model().iteration()).isZero();
        assertThat(engine.lossAndGradient(ChunkQueue.of(chunks()), CHUNKS)).isEqualTo(healthy);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void an_error_on_a_thread_of_the_engine_surfaces_too(int threads) {
    OutOfMemoryError planted = new OutOfMemoryError("planted");
    try (Engine engine = engine(threads)) {
      assertThatThrownBy(() -> engine.step(failingAt(6, planted), CHUNKS, 0, false))
          .isSameAs(planted);
    }
  }

  /** Otherwise close() could free memory that a thread still computes with. */
  @Test
  void when_the_caller_is_interrupted_no_thread_of_the_engine_goes_on() throws Exception {
    Waiting queue = new Waiting();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (Engine engine = engine(2)) {
      Thread caller =
          new Thread(
              () -> thrown.set(catchThrowable(() -> engine.lossAndGradient(queue, 2))),
              Waiting.CALLER);
      caller.start();
      queue.helperWaits.await();
      while (caller.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
      caller.interrupt();
      caller.join();

      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      assertThat(queue.helperLeft.await(0, TimeUnit.SECONDS)).isTrue();
      assertThat(engine.lossAndGradient(ChunkQueue.of(chunks()), CHUNKS).loss()).isPositive();
    }
  }

  /** Gives the caller the first chunk and lets the engine's other thread wait for the second. */
  private static final class Waiting implements ChunkQueue {
    static final String CALLER = "caller";

    final CountDownLatch helperWaits = new CountDownLatch(1);
    final CountDownLatch helperLeft = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final Batch first = chunks().get(0);

    @Override
    public Batch take() throws InterruptedException {
      if (Thread.currentThread().getName().equals(CALLER)) {
        helperWaits.await();
        return first;
      }
      helperWaits.countDown();
      try {
        never.await();
        throw new AssertionError("nothing ends this but an interruption");
      } finally {
        helperLeft.countDown();
      }
    }

    @Override
    public void release(Batch chunk) {}
  }

  private static Engine engine(int threads) {
    return Engine.create(
        new EngineSpec(
            EngineType.DL4J,
            Device.CPU,
            Precision.DOUBLE,
            Topology.DEFAULT,
            UpdaterConfig.sgd(1),
            threads),
        WorkedExample.WEIGHTS);
  }

  private static List<Batch> chunks() {
    SyntheticBatches samples = new SyntheticBatches(1, InputRange.DEFAULT, 10L * CHUNKS);
    return IntStream.range(0, CHUNKS)
        .mapToObj(
            i -> {
              Batch chunk = Batch.allocate(Precision.DOUBLE, 10);
              samples.read(10L * i, 10, chunk);
              return chunk;
            })
        .toList();
  }

  /** From the damaged chunk on there is nothing but the failure, as with a loader. */
  private static ChunkQueue failingAt(int damaged, Throwable failure) {
    ChunkQueue healthy = ChunkQueue.of(chunks());
    return new ChunkQueue() {
      private int taken;

      @Override
      public synchronized Batch take() throws InterruptedException {
        if (taken++ < damaged) {
          return healthy.take();
        }
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }

      @Override
      public void release(Batch chunk) {}
    };
  }
}
