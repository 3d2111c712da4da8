package io.github.sumnet.network;

/**
 * The document's worked example: one sample, its weights and its learning rate. The exact results
 * are in the tests; what the document prints is rounded along the way.
 */
public final class WorkedExample {
  public static final double X1 = 1.1;
  public static final double X2 = 2.2;

  /** y = x1 + x2. Outside the sigmoid's range, so the example's loss can never reach 0. */
  public static final double TARGET = 3.3;

  public static final double LEARNING_RATE = 0.1;

  /** w11 = 0.2, w12 = 0.3, w21 = 0.4, w22 = 0.7, wh1 = 0.6, wh2 = -0.1. */
  public static final Weights WEIGHTS = Weights.of(Topology.DEFAULT, 0.2, 0.3, 0.4, 0.7, 0.6, -0.1);

  private WorkedExample() {}
}
