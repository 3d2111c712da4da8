package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.arithmetic.DoubleDouble;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The truth about one training step of gradient descent: every stage's values. */
public final class ExpectedStep {
  private static final MathContext DIGITS = new MathContext(ExactNetwork.DIGITS);

  /** Exponentials that are worked out in less time than it takes to share them out. */
  private static final int WORTH_A_THREAD = 32;

  private final List<ExactPass> passes;
  private final Map<Stage, BigDecimal[]> values = new EnumMap<>(Stage.class);
  private final Map<Stage, DoubleDouble[]> inDoubleDouble = new EnumMap<>(Stage.class);

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
    IdentityHashMap<ExactPass, Integer> occurrences = new IdentityHashMap<>();
    passes.forEach(pass -> occurrences.merge(pass, 1, Integer::sum));
    // In the order of the samples: what a map of identities iterates in changes from run to run.
    List<ExactPass> different = passes.stream().filter(new Unseen()).toList();
    BigDecimal count = BigDecimal.valueOf(n);
    at(Stage.LOSS)[0] = sum(different, occurrences, ExactPass::loss).divide(count, DIGITS);
    for (int k = 0; k < topology.weightCount(); k++) {
      int weight = k;
      BigDecimal sum = sum(different, occurrences, pass -> pass.gradient().get(weight));
      if (k < 2 * hidden) {
        at(Stage.HIDDEN_GRADIENT)[k] = sum;
      } else {
        at(Stage.OUTPUT_GRADIENT)[k - 2 * hidden] = sum;
      }
      at(Stage.MEAN)[k] = sum.divide(count, DIGITS);
      at(Stage.UPDATE)[k] =
          weights.get(k).subtract(rate.multiply(at(Stage.MEAN)[k], DIGITS), DIGITS);
    }
    at(Stage.RETURNED)[0] = at(Stage.LOSS)[0];
    System.arraycopy(at(Stage.MEAN), 0, at(Stage.RETURNED), 1, topology.weightCount());
  }

  /** True for every object the first time. */
  private static final class Unseen implements Predicate<Object> {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public boolean test(Object object) {
      return seen.add(object);
    }
  }

  /** The step from these weights over these chunks. */
  public static ExpectedStep of(Weights before, List<Batch> chunks, double rate) {
    List<BigDecimal> weights = new ArrayList<>();
    for (double weight : before.toArray()) {
      weights.add(new BigDecimal(weight));
    }
    ExactNetwork network = new ExactNetwork(before.topology(), weights, DIGITS);
    List<Triple> samples =
        chunks.stream().flatMap(c -> Batches.samples(c).stream()).map(Triple::of).toList();
    List<Triple> different = samples.stream().distinct().toList();
    int exponentials = different.size() * (before.topology().hidden() + 1);
    List<ExactPass> computed =
        (exponentials < WORTH_A_THREAD ? different.stream() : different.parallelStream())
            .map(
                sample ->
                    network.pass(
                        new BigDecimal(sample.first()),
                        new BigDecimal(sample.second()),
                        new BigDecimal(sample.third())))
            .toList();
    Map<Triple, ExactPass> passes = new HashMap<>();
    for (int i = 0; i < computed.size(); i++) {
      passes.put(different.get(i), computed.get(i));
    }
    return new ExpectedStep(
        before.topology(),
        weights,
        samples.stream().map(passes::get).toList(),
        new BigDecimal(rate));
  }

  /** The samples' passes, in order. */
  public List<ExactPass> passes() {
    return passes;
  }

  /** The stage's values; not a copy. */
  public BigDecimal[] at(Stage stage) {
    return values.get(stage);
  }

  /** The values of a stage as double-doubles, which is precise enough to take distances. */
  public DoubleDouble[] inDoubleDouble(Stage stage) {
    return inDoubleDouble.computeIfAbsent(stage, any -> inDoubleDouble(at(stage)));
  }

  private static DoubleDouble[] inDoubleDouble(BigDecimal[] exact) {
    IdentityHashMap<BigDecimal, DoubleDouble> known = new IdentityHashMap<>();
    return Arrays.stream(exact)
        .map(value -> known.computeIfAbsent(value, DoubleDouble::of))
        .toArray(DoubleDouble[]::new);
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
    at(Stage.PREDICTED)[i] = pass.prediction();
  }

  private static BigDecimal sum(
      List<ExactPass> passes,
      IdentityHashMap<ExactPass, Integer> occurrences,
      Function<ExactPass, BigDecimal> value) {
    return passes.stream()
        .map(pass -> value.apply(pass).multiply(BigDecimal.valueOf(occurrences.get(pass)), DIGITS))
        .reduce(ExpectedStep::sum)
        .orElseThrow();
  }

  private static BigDecimal sum(BigDecimal x, BigDecimal y) {
    return x.add(y, DIGITS);
  }
}
