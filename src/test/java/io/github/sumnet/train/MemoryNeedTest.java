package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.network.Precision;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryNeedTest {
  /** Three columns of float. */
  private static final double CHUNK = 1 << 20;

  private static final int ALL = 1 << 20;
  private static final TrainingPlan PLAN =
      Trained.plan(
          Precision.FLOAT, new Slicing(ALL, ALL, ALL), Trained.ADAM, new StopRule(1, 0, 0, 0));

  @Test
  void on_an_opencl_device_one_chunk_is_in_the_heap_and_on_the_cpu_one_for_each_thread_and_two() {
    assertThat(need(Device.OPENCL, 1)).isEqualTo(new MemoryNeed(12 * CHUNK, 0));
    assertThat(need(Device.CPU, 3)).isEqualTo(new MemoryNeed(5 * 12 * CHUNK, 0));
  }

  /** Three buffers of 12 MiB in the heap; of dl4j 16 floats a sample outside it, 64 MiB. */
  @ParameterizedTest
  @CsvSource({
    "FUSED, 40, 40, true",
    "FUSED, 39, 1024, false",
    "FUSED, 1024, 39, false",
    "DL4J, 40, 112, true",
    "DL4J, 40, 111, false"
  })
  void chunks_may_take_nine_tenths_of_the_heap_and_of_the_memory(
      EngineType type, long heapMebibytes, long machineMebibytes, boolean isRoom) {
    ThrowingCallable require =
        () ->
            MemoryNeed.requireRoom(
                PLAN, engine(type, Device.CPU, 1), heapMebibytes << 20, machineMebibytes << 20);
    if (isRoom) {
      assertThatCode(require).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(require)
          .isInstanceOf(OptionException.class)
          .hasMessageStartingWith("--chunk-size " + ALL + " is too large: its chunks need ")
          .hasMessageContaining("choose a smaller one");
    }
  }

  @Test
  void the_message_says_how_much_is_needed_and_what_would_do() {
    assertThatThrownBy(
            () ->
                MemoryNeed.requireRoom(
                    PLAN, engine(EngineType.FUSED, Device.CPU, 1022), 1 << 30, 1))
        .hasMessageEndingWith(
            "its chunks need 12.0 GiB of Java heap, and the JVM has 1.0 GiB; choose a smaller one,"
                + " or set SUMNET_JAVA_ARGS=-Xmx14g");
    assertThatThrownBy(
            () ->
                MemoryNeed.requireRoom(
                    PLAN, engine(EngineType.FUSED, Device.CPU, 1022), 1L << 40, 1L << 31))
        .hasMessageEndingWith(
            "its chunks need 12.0 GiB of memory, and this machine has 2.0 GiB; choose a smaller"
                + " one, or fewer --threads");
  }

  private static MemoryNeed need(Device device, int threads) {
    return MemoryNeed.of(PLAN, engine(EngineType.FUSED, device, threads));
  }

  private static EngineSpec engine(EngineType type, Device device, int threads) {
    return new EngineSpec(type, device, PLAN.precision(), PLAN.topology(), PLAN.updater(), threads);
  }
}
