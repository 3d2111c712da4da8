package io.github.sumnet.gradcheck.step;

/** A subject that computes like another one and lies about it. */
public abstract class Misreporting implements Subject {
  private final Subject honest;

  public Misreporting(Subject honest) {
    this.honest = honest;
  }

  /** Changes what is told of a step. */
  protected abstract void change(Observation seen);

  @Override
  public void begin(double... parameters) {
    honest.begin(parameters);
  }

  @Override
  public Observation step(Samples samples) throws InterruptedException {
    Observation seen = honest.step(samples);
    change(seen);
    return seen;
  }
}
