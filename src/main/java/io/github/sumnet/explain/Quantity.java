package io.github.sumnet.explain;

import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * Names one of the numbers of {@link Values}.
 *
 * @param index the hidden unit's or the weight's index from 0; 0 where there is only one
 */
public record Quantity(Kind kind, int index) {
  /** The kinds of numbers, in the order in which they are computed. */
  public enum Kind {
    Z,
    A,
    ZO,
    PREDICTION,
    LOSS,
    DELTA_OUTPUT,
    DELTA_HIDDEN,
    GRADIENT,
    UPDATED
  }

  /** A quantity of a kind of which there is only one. */
  static Quantity of(Kind kind) {
    return new Quantity(kind, 0);
  }

  /** All quantities of a network. */
  public static List<Quantity> all(Topology topology) {
    List<Quantity> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      int count =
          switch (kind) {
            case Z, A, DELTA_HIDDEN -> topology.hidden();
            case ZO, PREDICTION, LOSS, DELTA_OUTPUT -> 1;
            case GRADIENT, UPDATED -> topology.weightCount();
          };
      for (int i = 0; i < count; i++) {
        all.add(new Quantity(kind, i));
      }
    }
    return all;
  }

  /**
   * The name in JSON, such as z1 or deltaOutput.
   *
   * @throws IllegalStateException for gradients and updated weights, which are named after a weight
   */
  public String name() {
    return switch (kind) {
      case Z -> "z" + (index + 1);
      case A -> "a" + (index + 1);
      case ZO -> "zo";
      case PREDICTION -> "prediction";
      case LOSS -> "loss";
      case DELTA_OUTPUT -> "deltaOutput";
      case DELTA_HIDDEN -> "deltaHidden" + (index + 1);
      case GRADIENT, UPDATED -> throw new IllegalStateException(kind + " has a weight's name");
    };
  }

  /** The symbol in formulas, such as z1 or ∂L/∂w11. */
  public String symbol(Topology topology) {
    return switch (kind) {
      case Z, A, ZO -> name();
      case PREDICTION -> "ŷ";
      case LOSS -> "L";
      case DELTA_OUTPUT -> "δo";
      case DELTA_HIDDEN -> "δ" + (index + 1);
      case GRADIENT -> "∂L/∂" + topology.weightNames().get(index);
      case UPDATED -> "updated " + topology.weightNames().get(index);
    };
  }
}
