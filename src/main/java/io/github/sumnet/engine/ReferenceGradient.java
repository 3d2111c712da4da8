package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Weights;

/** The {@link Reference} as a way to train: double, the weights read from the model every time. */
final class ReferenceGradient implements ChunkGradient {
  private final Dl4jModel model;
  private Weights gradientSum;

  ReferenceGradient(Dl4jModel model) {
    this.model = model;
  }

  @Override
  public double compute(Batch chunk, boolean measureLoss) {
    LossAndGradient sum = Reference.sum(model.weights(), chunk);
    gradientSum = sum.gradient();
    return sum.loss() / chunk.size();
  }

  @Override
  public void addTo(boolean first) {
    model.addToGradientSum(copy(), first);
  }

  @Override
  public double[] copy() {
    return WeightLayout.flatten(gradientSum);
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
