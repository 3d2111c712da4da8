package io.github.sumnet.engine.dl4j;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.DoubleBatch;
import io.github.sumnet.data.FloatBatch;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The same network trained by DL4J's own {@code fit} on one batch, as a program without sumnet
 * would: what the engines are compared with. ND4J's settings are whatever they are.
 */
public final class Dl4jFit implements AutoCloseable {
  private final Dl4jModel model;
  private final MultiLayerNetwork network;
  private INDArray inputs;
  private INDArray targets;

  /** A network with these weights. The ND4J backend must have been decided before. */
  public Dl4jFit(Topology topology, Precision precision, UpdaterConfig updater, Weights weights) {
    model = new Dl4jModel(topology, precision, updater);
    model.setWeights(weights);
    network = model.replica();
  }

  /** Copies the samples into new arrays of ND4J's, row by row. */
  public void load(Batch batch) {
    close();
    int n = batch.size();
    long[] inputShape = {n, Topology.INPUTS};
    long[] targetShape = {n, 1};
    if (batch instanceof FloatBatch floats) {
      inputs = Nd4j.create(rows(floats), inputShape, 'c');
      targets = Nd4j.create(floats.yColumn(), targetShape, 'c');
    } else if (batch instanceof DoubleBatch doubles) {
      inputs = Nd4j.create(rows(doubles), inputShape, 'c');
      targets = Nd4j.create(doubles.yColumn(), targetShape, 'c');
    }
  }

  private static float[] rows(FloatBatch batch) {
    float[] rows = new float[2 * batch.size()];
    for (int i = 0; i < batch.size(); i++) {
      rows[2 * i] = batch.x1Column()[i];
      rows[2 * i + 1] = batch.x2Column()[i];
    }
    return rows;
  }

  private static double[] rows(DoubleBatch batch) {
    double[] rows = new double[2 * batch.size()];
    for (int i = 0; i < batch.size(); i++) {
      rows[2 * i] = batch.x1Column()[i];
      rows[2 * i + 1] = batch.x2Column()[i];
    }
    return rows;
  }

  /** One training step on what was loaded. */
  public void step() {
    network.fit(inputs, targets);
  }

  /** Waits until the device has done all that it was given. */
  public void awaitDevice() {
    Nd4j.getExecutioner().commit();
  }

  /** A copy of the weights as they are now. */
  Weights weights() {
    return model.weights();
  }

  @Override
  public void close() {
    if (inputs != null) {
      inputs.close();
      targets.close();
    }
  }
}
