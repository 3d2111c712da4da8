package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Weights;
import java.util.List;

/** A subject that computes like another one and lies about it. */
public abstract class Misreporting implements Subject {
  private final Subject honest;

  public Misreporting(Subject honest) {
    this.honest = honest;
  }

  /** Changes what is told of a step. */
  protected abstract void change(Observation seen);

  @Override
  public void begin(Weights weights) {
    honest.begin(weights);
  }

  @Override
  public Observation step(List<Batch> chunks) throws InterruptedException {
    Observation seen = honest.step(chunks);
    change(seen);
    return seen;
  }
}
