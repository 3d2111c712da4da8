package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.engine.Reference;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Weights;
import java.util.List;

/** The {@link Reference} as a second opinion, in double whatever precision is judged. */
final class ReferenceSubject implements Subject {
  private final double rate;
  private Weights weights;

  ReferenceSubject(double rate) {
    this.rate = rate;
  }

  @Override
  public void begin(Weights start) {
    weights = start;
  }

  @Override
  public Observation step(List<Batch> chunks) {
    Batch batch = Batches.joined(chunks);
    Trace trace = Reference.trace(weights, batch);
    LossAndGradient sum = Reference.sum(weights, batch);
    double[] before = weights.toArray();
    Weights mean = sum.gradient().map(g -> g / batch.size());
    double[] step = mean.toArray();
    for (int k = 0; k < before.length; k++) {
      before[k] -= rate * step[k];
    }
    weights = Weights.of(weights.topology(), before);
    return new Observation(trace, sum.loss() / batch.size(), sum.gradient(), mean, weights);
  }
}
