package io.github.sumnet.engine.textbook;

import io.github.sumnet.data.Batch;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.engine.WeightLayout;
import io.github.sumnet.engine.chunk.ChunkGradient;
import io.github.sumnet.engine.chunk.ChunkSum;
import io.github.sumnet.engine.chunk.HostSum;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Weights;

/** The {@link Reference} as a way to train: double, the weights read from the model every time. */
final class ReferenceGradient implements ChunkGradient {
  private final Dl4jModel model;

  ReferenceGradient(Dl4jModel model) {
    this.model = model;
  }

  @Override
  public ChunkSum sum(Batch chunk, boolean measureLoss) {
    LossAndGradient sum = Reference.sum(model.weights(), chunk);
    double[] gradient = WeightLayout.flatten(sum.gradient());
    return new ChunkSum(new HostSum(gradient, model.precision()), sum.loss(), chunk.size());
  }

  @Override
  public double[] predict(Batch batch) {
    Weights weights = model.weights();
    double[] predictions = new double[batch.size()];
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = Reference.forward(weights, batch.x1(i), batch.x2(i)).prediction();
    }
    return predictions;
  }

  @Override
  public Trace trace(Batch batch) {
    return Reference.trace(model.weights(), batch);
  }

  @Override
  public void close() {}
}
