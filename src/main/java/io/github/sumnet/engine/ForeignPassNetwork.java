package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A network in double that DL4J takes for one of its own, but whose score and gradient come from
 * elsewhere. For tools that judge a {@link MultiLayerNetwork}; it cannot be trained or saved.
 */
@SuppressWarnings("overrides") // of an inherited method, by its class
public final class ForeignPassNetwork extends MultiLayerNetwork {
  private static final long serialVersionUID = 1L;

  private final transient Topology topology;
  private final transient BiFunction<Weights, Batch, LossAndGradient> passes;

  /**
   * A network with these weights.
   *
   * @param passes yields the mean loss and the mean gradient for weights and a batch
   */
  public ForeignPassNetwork(Weights weights, BiFunction<Weights, Batch, LossAndGradient> passes) {
    super(configuration(weights.topology()));
    this.topology = weights.topology();
    this.passes = passes;
    init(Nd4j.createFromArray(WeightLayout.flatten(weights)), false);
    initGradientsView();
  }

  private static MultiLayerConfiguration configuration(Topology topology) {
    MultiLayerConfiguration configuration =
        NetworkConfig.of(topology, Precision.DOUBLE, UpdaterConfig.sgd(1));
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      ((BaseLayer) layer.getLayer()).setIUpdater(new NoOp());
    }
    return configuration;
  }

  /** Leaves the mean gradient times the batch size in the gradient: DL4J divides by it later. */
  @Override
  public void computeGradientAndScore() {
    LossAndGradient computed = compute(getInput(), getLabels());
    double n = getInput().size(0);
    double[] sum = WeightLayout.flatten(computed.gradient().map(g -> g * n));
    INDArray view = getFlattenedGradients();
    view.assign(Nd4j.createFromArray(sum).reshape(view.shape()));
    gradient = new DefaultGradient(getFlattenedGradients());
    setScore(computed.loss());
  }

  @Override
  public double score(DataSet data, boolean training) {
    return compute(data.getFeatures(), data.getLabels()).loss();
  }

  private LossAndGradient compute(INDArray inputs, INDArray targets) {
    Batch batch = Batch.allocate(Precision.DOUBLE, (int) inputs.size(0));
    batch.resize(batch.capacity());
    for (int i = 0; i < batch.size(); i++) {
      batch.set(i, inputs.getDouble(i, 0), inputs.getDouble(i, 1), targets.getDouble(i, 0));
    }
    return passes.apply(WeightLayout.unflatten(topology, params().toDoubleVector()), batch);
  }
}
