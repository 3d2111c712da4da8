package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class HostVectorTest {
  @BeforeContainer
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  /** An updater's state and a layer's weights are parts of larger vectors. */
  @Property(tries = 100)
  void a_part_of_an_array_is_read_and_written_where_it_lies(
      @ForAll Precision precision,
      @ForAll @IntRange(max = 20) int before,
      @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll @IntRange(max = 20) int after) {
    double[] numbers = IntStream.range(0, before + length + after).asDoubleStream().toArray();
    try (INDArray array = Nd4j.createFromArray(numbers).castTo(NetworkConfig.dataType(precision))) {
      INDArray part = array.get(NDArrayIndex.interval(before, before + length));
      HostVector vector = HostVector.of(part, precision);
      for (int i = 0; i < length; i++) {
        assertThat(vector.get(i)).isEqualTo(numbers[before + i]);
        vector.set(i, -1 - i);
        numbers[before + i] = -1 - i;
      }
      assertThat(array.toDoubleVector()).containsExactly(numbers);
    }
  }
}
