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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Off-heap arrays that nobody closes wait for the garbage collector, which does not know how large
 * they are. Measured in a JVM of its own whose heap is resident from the start and large enough to
 * do without a collection: all that grows is off the heap.
 */
@Tag("campaign")
class EngineMemoryTest {
  private static final int STEPS = 120;

  /** One column of floats per step that nobody frees is 30 MiB. The JVM itself grows by 5. */
  private static final long TOLERANCE = 20L << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void steps_leave_nothing_behind(boolean measureLoss) throws IOException, InterruptedException {
    assertThat(growthInAChildJvm(measureLoss)).isLessThan(TOLERANCE);
  }

  private long growthInAChildJvm(boolean measureLoss) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+AlwaysPreTouch",
                "-Xms600m",
                "-Xmx600m",
                "-Xmn500m",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                EngineMemoryTest.class.getName(),
                Boolean.toString(measureLoss))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.exitValue()).as("%s", Files.readString(err)).isZero();
    return Long.parseLong(Files.readString(out).strip());
  }

  /** Prints by how many bytes the process grew in {@value #STEPS} steps. */
  public static void main(String[] args) throws InterruptedException {
    BackendBinding.bind(Device.CPU);
    boolean measureLoss = Boolean.parseBoolean(args[0]);
    int size = 65_536;
    Batch batch = Batch.allocate(Precision.FLOAT, size);
    new SyntheticBatches(1, InputRange.DEFAULT, size).read(0, size, batch);
    UpdaterConfig adam = new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.01, Schedule.CONSTANT);
    EngineSpec spec =
        new EngineSpec(EngineType.DL4J, Device.CPU, Precision.FLOAT, Topology.DEFAULT, adam, 1);
    try (Engine engine = Engine.create(spec, XavierInit.weights(Topology.DEFAULT, 1))) {
      train(engine, batch, 30, measureLoss);
      long before = Pointer.physicalBytes();
      train(engine, batch, STEPS, measureLoss);
      System.out.println(Pointer.physicalBytes() - before);
    }
  }

  private static void train(Engine engine, Batch batch, int steps, boolean measureLoss)
      throws InterruptedException {
    for (int step = 0; step < steps; step++) {
      engine.step(ChunkQueue.of(List.of(batch)), 1, 0, measureLoss);
    }
  }
}
