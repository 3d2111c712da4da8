package io.github.sumnet.gradcheck.step;

import io.github.sumnet.network.Topology;

/** The stages of a training step, in the order in which each builds on those before. */
public enum Stage {
  /** z and a of the hidden units; per sample z_1 to z_H, then a_1 to a_H. */
  HIDDEN_FORWARD("forward, layer 1"),
  /** The output's weighted input and ŷ; per sample zo, then the prediction. */
  OUTPUT_FORWARD("forward, layer 2"),
  /** The batch mean of ½(ŷ−y)²; one value. */
  LOSS("loss"),
  /** The derivative of a sample's loss by zo; one value per sample. */
  OUTPUT_DELTA("delta, layer 2"),
  /** The SUM over the batch of the derivatives by wh1 to whH. */
  OUTPUT_GRADIENT("gradient, layer 2"),
  /** The derivatives of a sample's loss by the hidden units' z; per sample H values. */
  HIDDEN_DELTA("delta, layer 1"),
  /** The SUM over the batch of the derivatives by w11 to w2H. */
  HIDDEN_GRADIENT("gradient, layer 1"),
  /** The MEAN gradient that the updater is given, by every weight in the order of the names. */
  MEAN("mean gradient"),
  /** The weights after the step, in the order of the names. */
  UPDATE("updated weights"),
  /** ŷ as the engine predicts it outside training; one value per sample. */
  PREDICTED("prediction"),
  /** The mean loss that a step returns, then the mean gradient that is returned without a step. */
  RETURNED("returned loss and gradient");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  /** How many values the stage has for a batch of n samples. */
  public int size(Topology topology, int n) {
    int hidden = topology.hidden();
    return switch (this) {
      case HIDDEN_FORWARD -> 2 * hidden * n;
      case OUTPUT_FORWARD -> 2 * n;
      case LOSS -> 1;
      case OUTPUT_DELTA, PREDICTED -> n;
      case OUTPUT_GRADIENT -> hidden;
      case HIDDEN_DELTA -> hidden * n;
      case HIDDEN_GRADIENT -> Topology.INPUTS * hidden;
      case MEAN, UPDATE -> topology.weightCount();
      case RETURNED -> 1 + topology.weightCount();
    };
  }

  /** The sample that a value belongs to, from 0; -1 if it belongs to the whole batch. */
  public int sample(Topology topology, int index) {
    return isPerSample() ? index / valuesPerSample(topology) : -1;
  }

  /** Whether the stage has values for every sample, and not for the batch. */
  public boolean isPerSample() {
    return switch (this) {
      case HIDDEN_FORWARD, OUTPUT_FORWARD, OUTPUT_DELTA, HIDDEN_DELTA, PREDICTED -> true;
      case LOSS, OUTPUT_GRADIENT, HIDDEN_GRADIENT, MEAN, UPDATE, RETURNED -> false;
    };
  }

  /** What a value is called, such as a2, zo, loss, wh1. */
  public String name(Topology topology, int index) {
    int hidden = topology.hidden();
    int within = isPerSample() ? index % valuesPerSample(topology) : index;
    return switch (this) {
      case HIDDEN_FORWARD -> within < hidden ? "z" + (within + 1) : "a" + (within - hidden + 1);
      case OUTPUT_FORWARD -> within == 0 ? "zo" : "prediction";
      case LOSS -> "loss";
      case PREDICTED -> "predicted";
      case OUTPUT_DELTA -> "deltaOutput";
      case HIDDEN_DELTA -> "deltaHidden" + (within + 1);
      case OUTPUT_GRADIENT, HIDDEN_GRADIENT, MEAN, UPDATE ->
          topology.weightName(weight(topology, index));
      case RETURNED -> index == 0 ? "loss" : topology.weightName(weight(topology, index));
    };
  }

  /** The weight that a value belongs to, in the order of the names; -1 if to none. */
  public int weight(Topology topology, int index) {
    return switch (this) {
      case HIDDEN_FORWARD, OUTPUT_FORWARD, LOSS, OUTPUT_DELTA, HIDDEN_DELTA, PREDICTED -> -1;
      case OUTPUT_GRADIENT -> Topology.INPUTS * topology.hidden() + index;
      case HIDDEN_GRADIENT, MEAN, UPDATE -> index;
      case RETURNED -> index - 1;
    };
  }

  private int valuesPerSample(Topology topology) {
    return size(topology, 1);
  }

  @Override
  public String toString() {
    return title;
  }
}
