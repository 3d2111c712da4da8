package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Weights;
import java.util.List;

/** A subject that computes like another one and lies about it. */
abstract class Misreporting implements Subject {
  private final Subject honest;

  Misreporting(Subject honest) {
    this.honest = honest;
  }

  /** Changes what is told of a step. */
  abstract void change(Observation seen);

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
