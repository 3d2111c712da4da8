package io.github.sumnet.gradcheck.model;

import static org.deeplearning4j.nn.params.DefaultParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.DefaultParamInitializer.WEIGHT_KEY;

import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.DenseNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A copy of a DL4J model that trains by plain gradient descent and is watched. DL4J shows no
 * intermediate value of its training pass; they are computed once more by the same objects, as its
 * layers call them.
 */
public final class ModelSubject implements Subject {
  private final DenseNetwork network;
  private final MultiLayerNetwork model;
  private final MultiLayerNetwork averaging;
  private final DataType type;

  /** Watches a copy; the model itself stays as it is. */
  public ModelSubject(MultiLayerNetwork model) {
    network = DenseModels.describe(model);
    type = model.getLayerWiseConfigurations().getDataType();
    this.model = copy(model, LEARNING_RATE);
    averaging = copy(model, 1);
  }

  /** A network like the model, whatever that is trained with, that takes plain gradient steps. */
  private static MultiLayerNetwork copy(MultiLayerNetwork model, double rate) {
    MultiLayerConfiguration configuration = model.getLayerWiseConfigurations().clone();
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      BaseLayer base = (BaseLayer) layer.getLayer();
      base.setIUpdater(new Sgd(rate));
      base.setBiasUpdater(null);
    }
    MultiLayerNetwork copy = new MultiLayerNetwork(configuration);
    copy.init();
    copy.setParams(model.params());
    return copy;
  }

  public DenseNetwork network() {
    return network;
  }

  /**
   * The parameters in the check's order, layer after layer: the rows of the weights, the biases.
   */
  public double[] parameters() {
    return vector((l, key) -> model.getLayer(l).getParam(key));
  }

  /** An array for each parameter of a layer. */
  private interface Parts {
    INDArray of(int layer, String key);
  }

  private double[] vector(Parts arrays) {
    double[] vector = new double[network.parameters()];
    int at = 0;
    for (int l = 0; l < network.depth(); l++) {
      for (String key : keys(l)) {
        double[] values = rows(arrays.of(l, key));
        System.arraycopy(values, 0, vector, at, values.length);
        at += values.length;
      }
    }
    return vector;
  }

  private List<String> keys(int layer) {
    return network.layer(layer + 1).bias() ? List.of(WEIGHT_KEY, BIAS_KEY) : List.of(WEIGHT_KEY);
  }

  @Override
  public void begin(double... parameters) {
    int at = 0;
    for (int l = 0; l < network.depth(); l++) {
      for (String key : keys(l)) {
        INDArray array = model.getLayer(l).getParam(key);
        int length = (int) array.length();
        double[] values = Arrays.copyOfRange(parameters, at, at + length);
        array.assign(Nd4j.create(values, array.shape(), 'c').castTo(type));
        at += length;
      }
    }
  }

  @Override
  public Observation step(Samples samples) {
    List<double[]> rows = samples.rows();
    INDArray inputs = columns(rows, 0, network.inputs());
    INDArray targets = columns(rows, network.inputs(), network.outputs());
    Map<Stage, double[]> seen = new HashMap<>();
    seen.put(Stage.PREDICTED, rows(model.output(inputs, false)));
    trace(inputs, targets, seen);
    model.setInput(inputs);
    model.setLabels(targets);
    model.computeGradientAndScore();
    seen.put(Stage.LOSS, new double[] {model.score()});
    Map<String, INDArray> gradients = model.gradient().gradientForVariable();
    double[] sums = vector((l, key) -> gradients.get(l + "_" + key));
    for (int l = 1; l <= network.depth(); l++) {
      seen.put(Stage.gradient(l), Arrays.copyOfRange(sums, network.first(l), network.first(l + 1)));
    }
    double[] mean = mean(inputs, targets);
    seen.put(Stage.MEAN, mean);
    model.fit(new DataSet(inputs, targets));
    seen.put(Stage.UPDATE, parameters());
    seen.put(
        Stage.RETURNED,
        DoubleStream.concat(DoubleStream.of(model.score()), Arrays.stream(mean)).toArray());
    return new Observation(seen);
  }

  /** What the updater is given shows only as the change that it makes at a learning rate of 1. */
  private double[] mean(INDArray inputs, INDArray targets) {
    averaging.setParams(model.params());
    averaging.fit(new DataSet(inputs, targets));
    Map<String, INDArray> gradients = averaging.gradient().gradientForVariable();
    return vector((l, key) -> gradients.get(l + "_" + key));
  }

  private void trace(INDArray inputs, INDArray targets, Map<Stage, double[]> seen) {
    List<INDArray> z = new ArrayList<>();
    INDArray below = inputs;
    for (int l = 0; l < network.depth(); l++) {
      INDArray weighted = below.mmul(model.getLayer(l).getParam(WEIGHT_KEY).dup('f'));
      if (network.layer(l + 1).bias()) {
        weighted.addiRowVector(model.getLayer(l).getParam(BIAS_KEY));
      }
      z.add(weighted);
      below = activation(l).getActivation(weighted.dup(), true);
      seen.put(Stage.forward(l + 1), perSample(weighted, below));
    }
    int last = network.depth() - 1;
    OutputLayer output = (OutputLayer) model.getOutputLayer().conf().getLayer();
    INDArray delta =
        output.getLossFn().computeGradient(targets, z.get(last).dup(), activation(last), null);
    seen.put(Stage.delta(last + 1), rows(delta));
    for (int l = last - 1; l >= 0; l--) {
      INDArray weights = model.getLayer(l + 1).getParam(WEIGHT_KEY).dup('f');
      INDArray back = weights.mmul(delta.transpose()).transpose();
      delta = activation(l).backprop(z.get(l).dup(), back).getFirst();
      seen.put(Stage.delta(l + 1), rows(delta));
    }
  }

  private IActivation activation(int layer) {
    return ((BaseLayer) model.getLayer(layer).conf().getLayer()).getActivationFn();
  }

  private INDArray columns(List<double[]> rows, int from, int count) {
    double[][] columns = new double[rows.size()][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Arrays.copyOfRange(rows.get(i), from, from + count);
    }
    return Nd4j.createFromArray(columns).castTo(type);
  }

  private static double[] perSample(INDArray z, INDArray a) {
    return rows(Nd4j.hstack(z, a));
  }

  /** The values row by row, whatever order the array has in memory. */
  private static double[] rows(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
