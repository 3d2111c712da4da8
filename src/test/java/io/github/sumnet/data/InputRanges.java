package io.github.sumnet.data;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Input ranges of every size and place, most of them far from round numbers. */
final class InputRanges {
  private InputRanges() {}

  static Arbitrary<InputRange> all() {
    Arbitrary<Double> magnitude = Arbitraries.doubles().between(-1e6, 1e6);
    Arbitrary<Double> nearSigmoid = Arbitraries.doubles().between(-2, 2).ofScale(6);
    Arbitrary<Double> bound = Arbitraries.oneOf(magnitude, nearSigmoid);
    return Combinators.combine(bound, bound)
        .as((a, b) -> new double[] {Math.min(a, b), Math.max(a, b)})
        .filter(bounds -> bounds[1] - bounds[0] >= Math.abs(bounds[1] + bounds[0]) * 1e-6 + 1e-6)
        .map(bounds -> new InputRange(bounds[0], bounds[1]));
  }

  /** Ranges within [0, 0.5], whose targets a sigmoid reaches. */
  static Arbitrary<InputRange> withinReach() {
    Arbitrary<Double> bound = Arbitraries.doubles().between(0, 0.5).ofScale(6);
    return Combinators.combine(bound, bound)
        .as((a, b) -> new double[] {Math.min(a, b), Math.max(a, b)})
        .filter(bounds -> bounds[0] < bounds[1])
        .map(bounds -> new InputRange(bounds[0], bounds[1]));
  }
}
