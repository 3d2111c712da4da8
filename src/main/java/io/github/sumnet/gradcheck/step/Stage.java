package io.github.sumnet.gradcheck.step;

import io.github.sumnet.network.DenseNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of a training step. Stages are in the order in which each builds on those before: forward
 * from the first layer to the last, the loss, then from the last layer to the first its deltas and
 * its gradient.
 *
 * @param layer the layer, from 1; 0 where the stage belongs to none
 */
public record Stage(Kind kind, int layer) implements Comparable<Stage> {

  /** What a stage computes. */
  public enum Kind {
    /** z and a of a layer's units; per sample all z, then all a. */
    FORWARD("forward"),
    /** The mean loss of the batch; one value. */
    LOSS("loss"),
    /** The derivatives of a sample's loss by a layer's z; per sample one for each unit. */
    DELTA("delta"),
    /** The SUM over the batch of the derivatives by a layer's parameters. */
    GRADIENT("gradient"),
    /** The MEAN gradient that the updater is given, by every parameter. */
    MEAN("mean gradient"),
    /** The parameters after the step. */
    UPDATE("updated weights"),
    /** The outputs as the engine predicts them outside training; per sample one for each. */
    PREDICTED("prediction"),
    /**
     * The mean loss that a step returns, then the mean gradient that is returned without a step.
     */
    RETURNED("returned loss and gradient");

    private final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  public static final Stage LOSS = new Stage(Kind.LOSS, 0);
  public static final Stage MEAN = new Stage(Kind.MEAN, 0);
  public static final Stage UPDATE = new Stage(Kind.UPDATE, 0);
  public static final Stage PREDICTED = new Stage(Kind.PREDICTED, 0);
  public static final Stage RETURNED = new Stage(Kind.RETURNED, 0);

  private static final Comparator<Stage> ORDER =
      Comparator.<Stage, Kind>comparing(
              stage -> stage.kind == Kind.GRADIENT ? Kind.DELTA : stage.kind)
          .thenComparing(stage -> stage.kind == Kind.FORWARD ? stage.layer : -stage.layer)
          .thenComparing(Stage::kind);

  public static Stage forward(int layer) {
    return new Stage(Kind.FORWARD, layer);
  }

  public static Stage delta(int layer) {
    return new Stage(Kind.DELTA, layer);
  }

  public static Stage gradient(int layer) {
    return new Stage(Kind.GRADIENT, layer);
  }

  /** All stages of a network's training step, in order. */
  public static List<Stage> all(DenseNetwork network) {
    List<Stage> stages = new ArrayList<>();
    for (int layer = 1; layer <= network.depth(); layer++) {
      stages.add(forward(layer));
    }
    stages.add(LOSS);
    for (int layer = network.depth(); layer >= 1; layer--) {
      stages.add(delta(layer));
      stages.add(gradient(layer));
    }
    stages.addAll(List.of(MEAN, UPDATE, PREDICTED, RETURNED));
    return stages;
  }

  /** How many values the stage has for a batch of n samples. */
  public int size(DenseNetwork network, int n) {
    return switch (kind) {
      case FORWARD -> 2 * network.units(layer) * n;
      case DELTA -> network.units(layer) * n;
      case PREDICTED -> network.outputs() * n;
      case LOSS -> 1;
      case GRADIENT -> network.parameters(layer);
      case MEAN, UPDATE -> network.parameters();
      case RETURNED -> 1 + network.parameters();
    };
  }

  /** Whether the stage has values for every sample, and not for the batch. */
  public boolean isPerSample() {
    return kind == Kind.FORWARD || kind == Kind.DELTA || kind == Kind.PREDICTED;
  }

  /** Whether the stage is a sum or a mean over the batch. */
  public boolean isSum() {
    return kind == Kind.LOSS || kind == Kind.GRADIENT || kind == Kind.MEAN;
  }

  /** The sample that a value belongs to, from 0; -1 if it belongs to the whole batch. */
  public int sample(DenseNetwork network, int index) {
    return isPerSample() ? index / size(network, 1) : -1;
  }

  /** The parameter that a value belongs to; -1 if to none. */
  public int parameter(DenseNetwork network, int index) {
    return switch (kind) {
      case FORWARD, LOSS, DELTA, PREDICTED -> -1;
      case GRADIENT -> network.first(layer) + index;
      case MEAN, UPDATE -> index;
      case RETURNED -> index - 1;
    };
  }

  /** What a value is called, such as a2, zo, loss, wh1. */
  public String name(DenseNetwork network, int index) {
    int parameter = parameter(network, index);
    if (parameter >= 0) {
      return network.parameterName(parameter);
    }
    if (!isPerSample()) {
      return "loss";
    }
    int within = index % size(network, 1);
    int units = kind == Kind.PREDICTED ? network.outputs() : network.units(layer);
    boolean isOutput = kind == Kind.PREDICTED || layer == network.depth();
    String number = isOutput && units == 1 ? "" : String.valueOf(within % units + 1);
    return switch (kind) {
      case PREDICTED -> "predicted" + number;
      case DELTA -> (isOutput ? "deltaOutput" : "deltaHidden") + number;
      default ->
          within < units
              ? isOutput ? "zo" + number : "z" + number
              : isOutput ? "prediction" + number : "a" + number;
    };
  }

  @Override
  public int compareTo(Stage other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return layer == 0 ? kind.title : kind.title + ", layer " + layer;
  }
}
