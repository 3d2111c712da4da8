package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The truth about one training step of gradient descent: every stage's values. */
final class ExpectedStep {
  private static final MathContext DIGITS = new MathContext(ExactNetwork.DIGITS);
  private static final int WORTH_A_THREAD = 16;

  private final List<ExactPass> passes;
  private final Map<Stage, BigDecimal[]> values = new EnumMap<>(Stage.class);

  /**
   * The step that a list of passes makes.
   *
   * @param weights before the step, in the order of the names
   * @param passes the batch's samples, at least one
   * @param rate the learning rate
   */
  ExpectedStep(
      Topology topology, List<BigDecimal> weights, List<ExactPass> passes, BigDecimal rate) {
    this.passes = List.copyOf(passes);
    int hidden = topology.hidden();
    int n = passes.size();
    for (Stage stage : Stage.values()) {
      values.put(stage, new BigDecimal[stage.size(topology, n)]);
    }
    for (int i = 0; i < n; i++) {
      put(i, hidden, passes.get(i));
    }
    BigDecimal count = BigDecimal.valueOf(n);
    at(Stage.LOSS)[0] =
        passes.stream()
            .map(ExactPass::loss)
            .reduce(ExpectedStep::sum)
            .orElseThrow()
            .divide(count, DIGITS);
    for (int k = 0; k < topology.weightCount(); k++) {
      int weight = k;
      BigDecimal sum =
          passes.stream()
              .map(pass -> pass.gradient().get(weight))
              .reduce(ExpectedStep::sum)
              .orElseThrow();
      if (k < 2 * hidden) {
        at(Stage.HIDDEN_GRADIENT)[k] = sum;
      } else {
        at(Stage.OUTPUT_GRADIENT)[k - 2 * hidden] = sum;
      }
      at(Stage.MEAN)[k] = sum.divide(count, DIGITS);
      at(Stage.UPDATE)[k] =
          weights.get(k).subtract(rate.multiply(at(Stage.MEAN)[k], DIGITS), DIGITS);
    }
  }

  /** The step from these weights over these chunks. */
  static ExpectedStep of(Weights before, List<Batch> chunks, double rate) {
    List<BigDecimal> weights = new ArrayList<>();
    for (double weight : before.toArray()) {
      weights.add(new BigDecimal(weight));
    }
    ExactNetwork network = new ExactNetwork(before.topology(), weights, DIGITS);
    List<ExactPass> passes = new ArrayList<>();
    for (Batch chunk : chunks) {
      IntStream samples = IntStream.range(0, chunk.size());
      passes.addAll(
          (chunk.size() < WORTH_A_THREAD ? samples : samples.parallel())
              .mapToObj(
                  k ->
                      network.pass(
                          new BigDecimal(chunk.x1(k)),
                          new BigDecimal(chunk.x2(k)),
                          new BigDecimal(chunk.y(k))))
              .toList());
    }
    return new ExpectedStep(before.topology(), weights, passes, new BigDecimal(rate));
  }

  /** The samples' passes, in order. */
  List<ExactPass> passes() {
    return passes;
  }

  /** The stage's values; not a copy. */
  BigDecimal[] at(Stage stage) {
    return values.get(stage);
  }

  private void put(int i, int hidden, ExactPass pass) {
    for (int j = 0; j < hidden; j++) {
      at(Stage.HIDDEN_FORWARD)[2 * hidden * i + j] = pass.z().get(j);
      at(Stage.HIDDEN_FORWARD)[2 * hidden * i + hidden + j] = pass.a().get(j);
      at(Stage.HIDDEN_DELTA)[hidden * i + j] = pass.deltaHidden().get(j);
    }
    at(Stage.OUTPUT_FORWARD)[2 * i] = pass.zo();
    at(Stage.OUTPUT_FORWARD)[2 * i + 1] = pass.prediction();
    at(Stage.OUTPUT_DELTA)[i] = pass.deltaOutput();
  }

  private static BigDecimal sum(BigDecimal x, BigDecimal y) {
    return x.add(y, DIGITS);
  }
}
