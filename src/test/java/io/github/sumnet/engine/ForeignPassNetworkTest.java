package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.textbook.Reference;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.XavierInit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class ForeignPassNetworkTest {
  @BeforeContainer
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  /** The textbook's passes beside DL4J's own. */
  @Property(tries = 40)
  void score_and_gradient_are_what_a_network_of_deeplearning4j_has(
      @ForAll @IntRange(min = 1, max = 5) int hidden,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll long seed) {
    Topology topology = new Topology(hidden);
    Weights weights = XavierInit.weights(topology, seed);
    DataSet data = data(size, seed);
    Dl4jModel model = new Dl4jModel(topology, Precision.DOUBLE, UpdaterConfig.sgd(1));
    model.setWeights(weights);
    MultiLayerNetwork own = model.replica();
    MultiLayerNetwork foreign = new ForeignPassNetwork(weights, Reference::lossAndGradient);

    double[] expected = gradient(own, data);
    assertThat(gradient(foreign, data)).containsExactly(expected, within(1e-12));
    assertThat(foreign.score()).isCloseTo(own.score(), within(1e-12));
    assertThat(foreign.score(data, false)).isCloseTo(own.score(data, false), within(1e-12));
  }

  private static double[] gradient(MultiLayerNetwork network, DataSet data) {
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    INDArray gradient = network.gradient().gradient();
    return gradient.reshape(gradient.length()).toDoubleVector();
  }

  private static DataSet data(int size, long seed) {
    Batch batch = Batch.allocate(Precision.DOUBLE, size);
    new SyntheticBatches(seed, InputRange.DEFAULT, size).read(0, size, batch);
    INDArray inputs = Nd4j.create(DataType.DOUBLE, size, Topology.INPUTS);
    INDArray targets = Nd4j.create(DataType.DOUBLE, size, 1);
    for (int i = 0; i < size; i++) {
      inputs.putScalar(i, 0, batch.x1(i));
      inputs.putScalar(i, 1, batch.x2(i));
      targets.putScalar(i, 0, batch.y(i));
    }
    return new DataSet(inputs, targets);
  }
}
