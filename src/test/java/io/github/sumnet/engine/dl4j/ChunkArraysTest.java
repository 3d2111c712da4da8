package io.github.sumnet.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.Batch;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.NetworkConfig;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What chunks look like to ND4J, and that none of its memory is left behind. */
class ChunkArraysTest {
  @BeforeContainer
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  private static Batch chunk(Precision precision, int size) {
    Random random = new Random(size);
    Batch chunk = Batch.allocate(precision, size + 1);
    chunk.resize(size);
    for (int i = 0; i < size; i++) {
      chunk.set(i, random.nextGaussian(), random.nextGaussian(), random.nextDouble());
    }
    return chunk;
  }

  /** Those for a GPU hold the same where ND4J computes on the CPU. */
  @Property(tries = 60)
  void they_hold_the_samples_of_the_chunk_that_was_loaded_last(
      @ForAll Precision precision,
      @ForAll boolean forGpu,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 12) Integer> sizes) {
    try (ChunkArrays arrays = Dl4jGradient.arrays(forGpu ? Device.CUDA : Device.CPU, precision)) {
      for (int size : sizes) {
        Batch chunk = chunk(precision, size);
        arrays.load(chunk);
        assertThat(arrays.inputs().shape()).containsExactly(size, Topology.INPUTS);
        assertThat(arrays.targets().shape()).containsExactly(size, 1);
        assertThat(arrays.inputs().dataType()).isEqualTo(NetworkConfig.dataType(precision));
        for (int i = 0; i < size; i++) {
          assertThat(arrays.inputs().getDouble(i, 0)).isEqualTo(chunk.x1(i));
          assertThat(arrays.inputs().getDouble(i, 1)).isEqualTo(chunk.x2(i));
          assertThat(arrays.targets().getDouble(i, 0)).isEqualTo(chunk.y(i));
        }
        arrays.unload();
      }
    }
  }

  @Example
  void those_for_a_gpu_are_freed_after_every_chunk() {
    try (ChunkArrays arrays = Dl4jGradient.arrays(Device.CUDA, Precision.FLOAT)) {
      List<INDArray> loaded = loaded(arrays, Precision.FLOAT, 3);
      arrays.unload();
      assertThat(loaded).allMatch(INDArray::wasClosed);
    }
  }

  @Example
  void those_for_a_cpu_are_kept_for_four_sizes_and_freed_at_the_end() {
    List<INDArray> loaded = new ArrayList<>();
    ChunkArrays arrays = Dl4jGradient.arrays(Device.CPU, Precision.DOUBLE);
    for (int size = 1; size <= 6; size++) {
      loaded.addAll(loaded(arrays, Precision.DOUBLE, size));
      arrays.unload();
    }
    assertThat(loaded.subList(0, 4)).allMatch(INDArray::wasClosed);
    assertThat(loaded.subList(4, 12)).noneMatch(INDArray::wasClosed);

    arrays.close();
    assertThat(loaded).allMatch(INDArray::wasClosed);
  }

  private static List<INDArray> loaded(ChunkArrays arrays, Precision precision, int size) {
    arrays.load(chunk(precision, size));
    return List.of(arrays.inputs(), arrays.targets());
  }

  @Property(tries = 4)
  void a_threads_passes_free_the_chunks_that_are_held_when_they_are_closed(
      @ForAll Precision precision, @ForAll boolean forGpu) {
    Device device = forGpu ? Device.CUDA : Device.CPU;
    HeldChunks held = new HeldChunks(() -> Dl4jGradient.arrays(device, precision));
    Dl4jModel model = new Dl4jModel(Topology.DEFAULT, precision, UpdaterConfig.sgd(1));
    Dl4jGradient passes = new Dl4jGradient(model, device, held);
    Dl4jGradient others = new Dl4jGradient(model, device, held);
    Batch chunk = chunk(precision, 5);
    passes.hold(chunk);
    List<INDArray> kept = List.of(held.of(chunk).inputs(), held.of(chunk).targets());
    passes.sum(chunk, true);
    assertThat(kept).noneMatch(INDArray::wasClosed);

    passes.close();
    assertThat(kept).allMatch(INDArray::wasClosed);
    others.close();
  }

  @Example
  void a_copy_of_a_sum_is_freed_and_what_belongs_to_the_network_is_not() {
    try (INDArray networks = Nd4j.createFromArray(1.0, 2.0)) {
      Nd4jSum sum = new Nd4jSum(networks, false);
      Nd4jSum copy = sum.copy();
      sum.close();
      copy.close();
      assertThat(copy.array().wasClosed()).isTrue();
      assertThat(networks.wasClosed()).isFalse();
    }
  }
}
