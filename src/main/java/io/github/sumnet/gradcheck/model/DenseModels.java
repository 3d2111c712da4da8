package io.github.sumnet.gradcheck.model;

import io.github.sumnet.data.DataException;
import io.github.sumnet.data.Printable;
import io.github.sumnet.gradcheck.step.LossTerms;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Deeplearning4j's networks of dense layers, and what the check calls them. */
public final class DenseModels {
  private DenseModels() {}

  /**
   * Reads a model that DL4J has written.
   *
   * @throws DataException if the file is none
   */
  public static MultiLayerNetwork read(File file) {
    try {
      return MultiLayerNetwork.load(file, false);
    } catch (IOException | RuntimeException damaged) {
      throw new DataException(
          file
              + " is no model zip of Deeplearning4j's: "
              + Printable.line(String.valueOf(damaged.getMessage())),
          damaged);
    }
  }

  /** A new model of this kind with DL4J's initial weights. */
  public static MultiLayerNetwork create(DenseNetwork network, Precision precision, long seed) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE)
            .weightInit(WeightInit.XAVIER)
            .updater(new Sgd(1))
            .list();
    for (int l = 1; l < network.depth(); l++) {
      DenseNetwork.Layer layer = network.layer(l);
      layers.layer(
          new DenseLayer.Builder()
              .nIn(network.units(l - 1))
              .nOut(layer.units())
              .hasBias(layer.bias())
              .activation(activation(layer.activation()))
              .build());
    }
    DenseNetwork.Layer last = network.layer(network.depth());
    layers.layer(
        new OutputLayer.Builder(loss(network.loss()))
            .nIn(network.units(network.depth() - 1))
            .nOut(last.units())
            .hasBias(last.bias())
            .activation(activation(last.activation()))
            .build());
    MultiLayerNetwork model = new MultiLayerNetwork(layers.build());
    model.init();
    return model;
  }

  /**
   * What a model is.
   *
   * @throws UnsupportedModelException if it has anything but dense layers, or what they cannot have
   */
  public static DenseNetwork describe(MultiLayerNetwork model) {
    List<DenseNetwork.Layer> layers = new ArrayList<>();
    int inputs = 0;
    for (int l = 0; l < model.getnLayers(); l++) {
      Layer conf = model.getLayer(l).conf().getLayer();
      int at = l;
      boolean isLast = l == model.getnLayers() - 1;
      Class<?> expected = isLast ? OutputLayer.class : DenseLayer.class;
      if (!expected.equals(conf.getClass())) {
        throw unsupported(l, "is a " + conf.getClass().getSimpleName(), expected.getSimpleName());
      }
      BaseLayer dense = (BaseLayer) conf;
      unexpected(model, l, dense)
          .ifPresent(
              found -> {
                throw unsupported(at, found, "none");
              });
      inputs = l == 0 ? model.layerInputSize(0) : inputs;
      layers.add(
          new DenseNetwork.Layer(
              model.layerSize(l),
              activation(l, dense.getActivationFn()),
              model.getLayer(l).getParam(DefaultParamInitializer.BIAS_KEY) != null));
    }
    OutputLayer output = (OutputLayer) model.getOutputLayer().conf().getLayer();
    return new DenseNetwork(inputs, layers, loss(model.getnLayers() - 1, output, layers));
  }

  /** What DL4J would add to the gradient, or make of it, besides backpropagation. */
  private static Optional<String> unexpected(MultiLayerNetwork model, int layer, BaseLayer dense) {
    NeuralNetConfiguration conf = model.getLayer(layer).conf();
    Map<String, Boolean> settings = new LinkedHashMap<>();
    settings.put("dropout", dense.getIDropout() != null);
    settings.put("a regularization of its weights", isAny(dense.getRegularization()));
    settings.put("a regularization of its biases", isAny(dense.getRegularizationBias()));
    settings.put("constraints", isAny(dense.getConstraints()));
    settings.put("noise on its weights", dense.getWeightNoise() != null);
    settings.put(
        "a gradient normalization",
        dense.getGradientNormalization() != null
            && dense.getGradientNormalization() != GradientNormalization.None);
    settings.put("a layer norm", dense instanceof DenseLayer hidden && hidden.hasLayerNorm());
    settings.put(
        "a preprocessor of its inputs",
        model.getLayerWiseConfigurations().getInputPreProcess(layer) != null);
    settings.put("sums for means (miniBatch false)", !conf.isMiniBatch());
    settings.put("a loss to be made large (minimize false)", !conf.isMinimize());
    settings.put(
        "the optimizer " + conf.getOptimizationAlgo(),
        conf.getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT);
    return settings.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(setting -> "has " + setting.getKey())
        .findFirst();
  }

  private static boolean isAny(List<?> list) {
    return list != null && !list.isEmpty();
  }

  private static UnsupportedModelException unsupported(int layer, String found, String expected) {
    return new UnsupportedModelException(
        "layer "
            + (layer + 1)
            + " "
            + found
            + ", which this check does not judge; it judges dense layers and an output layer"
            + " (here expected: "
            + expected
            + ")");
  }

  private static Activation activation(int layer, IActivation function) {
    if (function instanceof ActivationLReLU leaky && leaky.getAlpha() != Activation.LEAK) {
      throw unsupported(layer, "has a leaky ReLU of slope " + leaky.getAlpha(), "0.01");
    }
    for (Activation each : Activation.values()) {
      if (activation(each).getClass().equals(function.getClass())) {
        return each;
      }
    }
    // One of the user's own: judged as what it says that it is.
    for (Activation each : Activation.values()) {
      if (function.toString().equalsIgnoreCase(each.name().replace("_", ""))) {
        return each;
      }
    }
    throw unsupported(
        layer, "has the activation " + function, "one of " + List.of(Activation.values()));
  }

  private static IActivation activation(Activation activation) {
    return switch (activation) {
      case IDENTITY -> new ActivationIdentity();
      case SIGMOID -> new ActivationSigmoid();
      case TANH -> new ActivationTanH();
      case RELU -> new ActivationReLU();
      case LEAKY_RELU -> new ActivationLReLU();
      case SOFTPLUS -> new ActivationSoftPlus();
      case SOFTMAX -> new ActivationSoftmax();
    };
  }

  private static ILossFunction loss(Loss loss) {
    return switch (loss) {
      case MEAN_SQUARED_ERROR -> new LossMSE();
      case BINARY_CROSS_ENTROPY -> new LossBinaryXENT();
      case CROSS_ENTROPY -> new LossMCXENT();
      case HALF_SQUARED_ERROR ->
          throw new UnsupportedModelException("DL4J has no loss of half the squared error");
    };
  }

  private static Loss loss(int layer, OutputLayer output, List<DenseNetwork.Layer> layers) {
    ILossFunction function = output.getLossFn();
    Loss loss = null;
    if (function instanceof LossMSE mse && function.getClass() == LossMSE.class) {
      boolean isHalf =
          mse.getWeights() != null
              && mse.getWeights().length() == 1
              && mse.getWeights().getDouble(0) == 0.5;
      loss = isHalf ? Loss.HALF_SQUARED_ERROR : Loss.MEAN_SQUARED_ERROR;
      if (mse.getWeights() != null && !isHalf) {
        throw unsupported(layer, "has a loss with weights", "none");
      }
    } else if (function instanceof LossBinaryXENT xent
        && xent.getWeights() == null
        && xent.getClipEps() == LossTerms.BINARY_CLIP) {
      loss = Loss.BINARY_CROSS_ENTROPY;
    } else if (function instanceof LossMCXENT mcxent
        && mcxent.getWeights() == null
        && mcxent.getSoftmaxClipEps() == LossTerms.CLIP) {
      loss = Loss.CROSS_ENTROPY;
    }
    boolean softmax = layers.get(layer).activation() == Activation.SOFTMAX;
    if (loss == null || (loss == Loss.BINARY_CROSS_ENTROPY && softmax)) {
      throw unsupported(
          layer,
          "has the loss " + function + (softmax ? " with softmax" : ""),
          "LossMSE, LossBinaryXENT or LossMCXENT, without weights and with DL4J's clipping");
    }
    return loss;
  }

  /** What a model computes in. */
  public static Precision precision(MultiLayerNetwork model) {
    DataType type = model.getLayerWiseConfigurations().getDataType();
    return switch (type) {
      case FLOAT -> Precision.FLOAT;
      case DOUBLE -> Precision.DOUBLE;
      default ->
          throw new UnsupportedModelException(
              "the model computes in " + type + "; this check judges FLOAT and DOUBLE");
    };
  }
}
