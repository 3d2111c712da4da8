package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import io.github.sumnet.network.XavierInit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Dl4jModelTest {
  private static final Topology THREE = new Topology(3);
  private static final UpdaterConfig ADAM =
      new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.1, Schedule.CONSTANT);
  private static final byte[] NOTHING = {};

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void a_restored_model_takes_the_same_next_step(Precision precision) throws IOException {
    Dl4jModel model = trained(precision, ADAM);
    Map<String, byte[]> saved = ModelFile.entries(ModelFile.written(model));
    Dl4jModel restored = new Dl4jModel(THREE, precision, ADAM);

    restored.restore(saved.get("coefficients.bin"), saved.get("updaterState.bin"), 3, 0);

    assertThat(restored.weights()).isEqualTo(model.weights());
    assertThat(restored.iteration()).isEqualTo(3);
    step(model);
    step(restored);
    assertThat(restored.weights()).isEqualTo(model.weights());
    assertThat(ModelFile.entries(ModelFile.written(restored)).get("updaterState.bin"))
        .isEqualTo(ModelFile.entries(ModelFile.written(model)).get("updaterState.bin"));
  }

  @Test
  void gradient_descent_has_no_state_to_save_or_restore() throws IOException {
    UpdaterConfig sgd = UpdaterConfig.sgd(1);
    Map<String, byte[]> saved =
        ModelFile.entries(ModelFile.written(trained(Precision.DOUBLE, sgd)));
    assertThat(saved).doesNotContainKey("updaterState.bin");
    byte[] weights = saved.get("coefficients.bin");
    new Dl4jModel(THREE, Precision.DOUBLE, sgd).restore(weights, NOTHING, 3, 0);

    Dl4jModel adam = new Dl4jModel(THREE, Precision.DOUBLE, ADAM);
    assertThatThrownBy(() -> adam.restore(weights, NOTHING, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("updater adam needs its state");
    Dl4jModel other = new Dl4jModel(THREE, Precision.DOUBLE, sgd);
    assertThatThrownBy(() -> other.restore(weights, weights, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("updater sgd has no state");
  }

  @Test
  void weights_of_another_width_or_precision_are_refused() throws IOException {
    byte[] ofThree = weights(trained(Precision.DOUBLE, UpdaterConfig.sgd(1)));
    byte[] ofFloat = weights(trained(Precision.FLOAT, UpdaterConfig.sgd(1)));
    assertRefused(new Dl4jModel(Topology.DEFAULT, Precision.DOUBLE, UpdaterConfig.sgd(1)), ofThree);
    assertRefused(new Dl4jModel(THREE, Precision.DOUBLE, UpdaterConfig.sgd(1)), ofFloat);
  }

  @Test
  void damaged_weights_are_refused() throws IOException {
    Dl4jModel model = trained(Precision.DOUBLE, UpdaterConfig.sgd(1));
    byte[] whole = weights(model);
    assertRefused(model, NOTHING);
    assertRefused(model, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(model, Arrays.copyOf(whole, whole.length + 1));
    assertRefused(model, Arrays.copyOf(whole, 20));
    assertRefused(model, "PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void a_damaged_updater_state_is_refused_and_changes_nothing() throws IOException {
    Dl4jModel model = trained(Precision.DOUBLE, ADAM);
    Weights before = model.weights();
    Map<String, byte[]> other =
        ModelFile.entries(ModelFile.written(new Dl4jModel(THREE, Precision.DOUBLE, ADAM)));
    byte[] state = other.get("updaterState.bin");
    byte[] half = Arrays.copyOf(state, state.length / 2);
    assertThatThrownBy(() -> model.restore(other.get("coefficients.bin"), half, 7, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the updater's state are not 18 numbers of type DOUBLE");
    assertThat(model.weights()).isEqualTo(before);
    assertThat(model.iteration()).isEqualTo(3);
  }

  /** The length stands in the header of the shape and in that of the data. */
  @ParameterizedTest
  @ValueSource(longs = {1L << 40, Long.MAX_VALUE, -1, 0})
  @Timeout(30)
  void a_header_that_lies_about_the_length_is_refused_before_memory_is_allocated(long length)
      throws IOException {
    Dl4jModel model = trained(Precision.DOUBLE, UpdaterConfig.sgd(1));
    byte[] whole = weights(model);
    long before = Pointer.physicalBytes();
    byte[] wrongShape = claiming(whole, length, true, false);
    byte[] wrongData = claiming(whole, length, false, true);
    assertThat(wrongShape).hasSameSizeAs(whole).isNotEqualTo(whole);
    assertThat(wrongData).hasSameSizeAs(whole).isNotEqualTo(whole).isNotEqualTo(wrongShape);
    assertThat(claiming(whole, 9, false, true)).isEqualTo(whole);
    assertRefused(model, wrongShape);
    assertRefused(model, wrongData);
    assertRefused(model, claiming(whole, length, true, true));
    assertThat(Pointer.physicalBytes() - before).isLessThan(64L << 20);
  }

  @Test
  void every_altered_byte_of_the_header_is_refused_and_none_of_the_numbers() throws IOException {
    Dl4jModel model = trained(Precision.FLOAT, UpdaterConfig.sgd(1));
    byte[] whole = weights(model);
    int numbers = THREE.weightCount() * Float.BYTES;
    for (int i = 0; i < whole.length - numbers; i++) {
      byte[] altered = whole.clone();
      altered[i] ^= 1;
      assertRefused(model, altered);
    }
    byte[] other = whole.clone();
    other[whole.length - 1] ^= 1;
    Weights before = model.weights();
    model.restore(other, NOTHING, 0, 0);
    assertThat(model.weights()).isNotEqualTo(before);
  }

  /** Which one ND4J writes depends on the first vector of the length in the JVM. */
  @ParameterizedTest
  @ValueSource(chars = {'c', 'f'})
  void weights_are_read_whichever_order_a_vector_is_said_to_be_in(char order) throws IOException {
    Dl4jModel model = trained(Precision.FLOAT, UpdaterConfig.sgd(1));
    byte[] whole = weights(model);
    byte[] other = whole.clone();
    other[indexOfOrder(whole)] = (byte) order;

    Dl4jModel restored = new Dl4jModel(THREE, Precision.FLOAT, UpdaterConfig.sgd(1));
    restored.restore(other, NOTHING, 3, 0);

    assertThat(restored.weights()).isEqualTo(model.weights());
  }

  /** The last byte before the data, whose header begins with the name of an allocation mode. */
  private static int indexOfOrder(byte[] saved) {
    int data = new String(saved, StandardCharsets.ISO_8859_1).lastIndexOf("MIXED_DATA_TYPES") - 2;
    assertThat((char) saved[data - 1]).isIn('c', 'f');
    return data - 1;
  }

  @Test
  void weights_are_rounded_to_the_models_precision_and_must_fit() {
    Dl4jModel model = new Dl4jModel(Topology.DEFAULT, Precision.FLOAT, UpdaterConfig.sgd(1));
    model.setWeights(WorkedExample.WEIGHTS);
    assertThat(model.weights()).isEqualTo(WorkedExample.WEIGHTS.map(Precision.FLOAT::round));
    assertThatThrownBy(() -> model.setWeights(XavierInit.weights(THREE, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights of a 2-3-1 network do not fit a 2-2-1 one");
  }

  private static void assertRefused(Dl4jModel model, byte[] weights) {
    assertThatThrownBy(() -> model.restore(weights, NOTHING, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("the weights are not \\d+ numbers of type (FLOAT|DOUBLE)");
  }

  private static Dl4jModel trained(Precision precision, UpdaterConfig updater) {
    Dl4jModel model = new Dl4jModel(THREE, precision, updater);
    model.setWeights(XavierInit.weights(THREE, 5));
    for (int i = 0; i < 3; i++) {
      step(model);
    }
    return model;
  }

  private static void step(Dl4jModel model) {
    model.gradientSum().assign(model.array(model.weights()).reshape(1, 9).mul(0.5));
    model.applyGradientSum(2, 0);
  }

  private static byte[] weights(Dl4jModel model) throws IOException {
    return ModelFile.entries(ModelFile.written(model)).get("coefficients.bin");
  }

  /** The array with another length in the shape, in the header of its numbers, or in both. */
  private static byte[] claiming(byte[] array, long length, boolean inShape, boolean inData)
      throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(array));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(in.readUTF());
    long shapeInfoLength = in.readLong();
    out.writeLong(shapeInfoLength);
    out.writeUTF(in.readUTF());
    // Rank, shape, strides, options.
    long rank = in.readLong();
    out.writeLong(rank);
    for (int i = 1; i < shapeInfoLength; i++) {
      long value = in.readLong();
      out.writeLong(inShape && i == rank ? length : value);
    }
    out.writeUTF(in.readUTF());
    long dataLength = in.readLong();
    out.writeLong(inData ? length : dataLength);
    out.write(in.readAllBytes());
    return bytes.toByteArray();
  }
}
