package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.XavierInit;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Off-heap arrays that nobody closes wait for the garbage collector, which does not know of them.
 */
class EngineMemoryTest {
  private static final int SIZE = 65_536;
  private static final int STEPS = 200;

  /** One column of floats per step that nobody frees is 50 MiB. */
  private static final long TOLERANCE = 40L << 20;

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1, false", "FLOAT, 1, true"})
  void steps_leave_nothing_behind(Precision precision, int threads, boolean measure)
      throws InterruptedException {
    UpdaterConfig adam = new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.01, Schedule.CONSTANT);
    EngineSpec spec =
        new EngineSpec(EngineType.DL4J, Device.CPU, precision, Topology.DEFAULT, adam, threads);
    List<Batch> chunks = IntStream.range(0, threads).mapToObj(i -> chunk(precision, i)).toList();
    try (Engine engine = Engine.create(spec, XavierInit.weights(Topology.DEFAULT, 1))) {
      train(engine, chunks, 20, measure);
      touchTheHeap();
      long before = Pointer.physicalBytes();
      train(engine, chunks, STEPS, measure);
      assertThat(Pointer.physicalBytes() - before).isLessThan(TOLERANCE);
    }
  }

  private static void train(Engine engine, List<Batch> chunks, int steps, boolean measure)
      throws InterruptedException {
    for (int step = 0; step < steps; step++) {
      engine.step(ChunkQueue.of(chunks), chunks.size(), 0, measure);
    }
  }

  /** The Java heap is part of what is measured: lets it reach its size first. */
  private static void touchTheHeap() {
    byte[][] kept = new byte[16][];
    for (int i = 0; i < 8192; i++) {
      kept[i % 16] = new byte[1 << 16];
    }
    assertThat(kept).isNotEmpty();
  }

  private static Batch chunk(Precision precision, int index) {
    Batch chunk = Batch.allocate(precision, SIZE);
    new SyntheticBatches(1, InputRange.DEFAULT, 100L * SIZE).read((long) index * SIZE, SIZE, chunk);
    return chunk;
  }
}
