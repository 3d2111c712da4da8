package io.github.sumnet.gradcheck.step;

import io.github.sumnet.gradcheck.arithmetic.Arithmetic;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Backpropagation and gradient descent as a textbook has them, over any arithmetic: a stage is a
 * function of the stages before it, so one alone can be computed where those are known.
 *
 * @param <T> the arithmetic's numbers
 */
public final class TrainingStep<T> {
  /** Samples times units that are worked out in less time than it takes to share them out. */
  private static final int WORTH_A_THREAD = 32;

  private final Arithmetic<T> math;
  private final DenseNetwork network;
  private final Function<Stage, Operations> operations;
  private final List<T> parameters;
  private final List<List<T>> rows;
  private final int[][] chunks;
  private final int[] alike;
  private final T rate;
  private final TrainingStep<T> previous;
  private final Map<Stage, List<T>> values = new HashMap<>();
  private Operations now = Operations.TEXTBOOK;

  /**
   * A step of which nothing is computed yet.
   *
   * @param operations what each stage computes with
   * @param parameters before the step, in the network's order
   * @param samples the batch
   * @param given turns a sample's numbers into the arithmetic's
   * @param rate the learning rate
   * @param previous the step before; null for the first
   */
  public TrainingStep(
      Arithmetic<T> math,
      DenseNetwork network,
      Function<Stage, Operations> operations,
      List<T> parameters,
      Samples samples,
      Function<double[], List<T>> given,
      T rate,
      TrainingStep<T> previous) {
    if (parameters.size() != network.parameters()) {
      throw new IllegalArgumentException(
          "a %s network has %d weights, not %d"
              .formatted(network, network.parameters(), parameters.size()));
    }
    this.math = math;
    this.network = network;
    this.operations = operations;
    this.parameters = parameters;
    this.rate = rate;
    this.previous = previous;
    chunks = samples.indices();
    alike = samples.alike();
    rows = perSample(i -> given.apply(samples.rows().get(i)));
  }

  /** The textbook's step from numbers that are given. */
  public static <T> TrainingStep<T> of(
      Arithmetic<T> math, DenseNetwork network, double[] parameters, Samples samples, double rate) {
    return new TrainingStep<>(
        math,
        network,
        stage -> Operations.TEXTBOOK,
        numbers(math, parameters),
        samples,
        row -> numbers(math, row),
        math.of(rate),
        null);
  }

  /** These numbers in an arithmetic. */
  public static <T> List<T> numbers(Arithmetic<T> math, double... values) {
    return list(values.length, k -> math.of(values[k]));
  }

  /** Computes all stages. */
  public TrainingStep<T> run() {
    Stage.all(network).forEach(this::compute);
    return this;
  }

  /** Computes a stage from the stages before it, which must be known. */
  public List<T> compute(Stage stage) {
    now = operations.apply(stage);
    List<T> computed =
        switch (stage.kind()) {
          case FORWARD -> forward(stage);
          case LOSS -> List.of(loss(stage));
          case DELTA -> deltas(stage);
          case GRADIENT -> changed(stage, gradient(stage.layer(), now.summed(chunks)));
          case MEAN -> changed(stage, mean());
          case UPDATE -> changed(stage, updated());
          case PREDICTED -> changed(stage, predictions());
          case RETURNED -> {
            List<T> returned = new ArrayList<>(at(Stage.LOSS));
            returned.addAll(at(Stage.MEAN));
            yield changed(stage, returned);
          }
        };
    List<T> moved = Operations.moved(now, network, stage, computed);
    values.put(stage, moved);
    now = Operations.TEXTBOOK;
    return moved;
  }

  /** Makes a stage known without computing it. */
  public void know(Stage stage, List<T> known) {
    values.put(stage, known);
  }

  /** A stage's values, which must be known. */
  public List<T> at(Stage stage) {
    return values.get(stage);
  }

  public Arithmetic<T> math() {
    return math;
  }

  public DenseNetwork network() {
    return network;
  }

  /** The step before; null for the first. */
  public TrainingStep<T> previous() {
    return previous;
  }

  public T rate() {
    return rate;
  }

  /** How many samples the step has. */
  public int size() {
    return rows.size();
  }

  /** The indices of each chunk's samples. */
  public int[][] chunks() {
    return chunks;
  }

  /** A parameter before the step. */
  public T parameter(int parameter) {
    return parameters.get(parameter);
  }

  public T weight(int layer, int in, int out) {
    return parameters.get(network.weight(layer, in, out));
  }

  public T input(int sample, int input) {
    return rows.get(sample).get(input);
  }

  public T target(int sample, int output) {
    return rows.get(sample).get(network.inputs() + output);
  }

  /** a of a unit; of layer 0 an input. */
  public T activation(int layer, int sample, int unit) {
    if (layer == 0) {
      return input(sample, unit);
    }
    int units = network.units(layer);
    return at(Stage.forward(layer)).get((2 * sample + 1) * units + unit);
  }

  /** z of a unit. */
  public T weightedInput(int layer, int sample, int unit) {
    return at(Stage.forward(layer)).get(2 * sample * network.units(layer) + unit);
  }

  public T delta(int layer, int sample, int unit) {
    return at(Stage.delta(layer)).get(sample * network.units(layer) + unit);
  }

  /** Computes what every sample has; of samples that are alike once. */
  private <R> List<R> perSample(IntFunction<R> of) {
    IntStream different = IntStream.range(0, alike.length).filter(i -> alike[i] == i);
    boolean shared = math.isSlow() && alike.length * network.allUnits() >= WORTH_A_THREAD;
    int[] firsts = different.toArray();
    List<R> computed =
        (shared ? IntStream.of(firsts).parallel() : IntStream.of(firsts)).mapToObj(of).toList();
    List<R> all = new ArrayList<>(Collections.nCopies(alike.length, null));
    for (int k = 0; k < firsts.length; k++) {
      all.set(firsts[k], computed.get(k));
    }
    for (int i = 0; i < alike.length; i++) {
      all.set(i, all.get(alike[i]));
    }
    return all;
  }

  private static <T> List<T> flat(List<List<T>> lists) {
    List<T> flat = new ArrayList<>(lists.size() * lists.get(0).size());
    lists.forEach(flat::addAll);
    return flat;
  }

  private List<T> changed(Stage stage, List<T> list) {
    return IntStream.range(0, list.size())
        .mapToObj(i -> now.value(this, stage, i, list.get(i)))
        .toList();
  }

  private List<T> forward(Stage stage) {
    int layer = stage.layer();
    int units = network.units(layer);
    int below = network.units(layer - 1);
    boolean bias = network.layer(layer).bias();
    List<List<T>> columns = new ArrayList<>();
    for (int j = 0; j < units; j++) {
      int out = j;
      columns.add(list(below, k -> now.weight(this, layer, k, out)));
    }
    return flat(
        perSample(
            i -> {
              List<T> in =
                  list(
                      below, k -> layer == 1 ? now.input(this, i, k) : activation(layer - 1, i, k));
              List<T> both = new ArrayList<>(2 * units);
              for (int j = 0; j < units; j++) {
                T b = bias ? parameters.get(network.bias(layer, j)) : null;
                both.add(now.value(this, stage, j, math.dot(in, columns.get(j), b)));
              }
              List<T> a = activations(layer, both.subList(0, units));
              for (int j = 0; j < units; j++) {
                both.add(now.value(this, stage, units + j, a.get(j)));
              }
              return both;
            }));
  }

  private List<T> activations(int layer, List<T> z) {
    Activation function = network.layer(layer).activation();
    return function == Activation.SOFTMAX
        ? math.softmax(List.copyOf(z))
        : z.stream().map(each -> now.activation(this, layer, each)).toList();
  }

  private T loss(Stage stage) {
    List<T> losses = perSample(this::loss);
    T sum = math.lossSum(now.summed(chunks), alike, losses::get);
    return now.value(this, stage, 0, math.over(sum, now.divisor(this, size())));
  }

  /** The loss of one sample. */
  public T loss(int sample) {
    return math.sum(
        list(
            network.outputs(),
            j ->
                LossTerms.loss(
                    math,
                    network,
                    activation(network.depth(), sample, j),
                    now.target(this, sample, j))));
  }

  private List<T> deltas(Stage stage) {
    int layer = stage.layer();
    int units = network.units(layer);
    boolean isOutput = layer == network.depth();
    List<List<T>> backward = new ArrayList<>();
    for (int k = 0; k < units && !isOutput; k++) {
      int in = k;
      backward.add(list(network.units(layer + 1), j -> now.backwardWeight(this, layer + 1, in, j)));
    }
    return flat(
        perSample(
            i -> {
              List<T> deltas = isOutput ? outputDeltas(i) : hiddenDeltas(layer, i, backward);
              return list(units, k -> now.value(this, stage, k, deltas.get(k)));
            }));
  }

  private List<T> outputDeltas(int sample) {
    int layer = network.depth();
    return LossTerms.deltas(
        math,
        network,
        list(network.outputs(), j -> activation(layer, sample, j)),
        list(network.outputs(), j -> now.target(this, sample, j)),
        j -> now.slope(this, layer, weightedInput(layer, sample, j), activation(layer, sample, j)));
  }

  private List<T> hiddenDeltas(int layer, int sample, List<List<T>> backward) {
    List<T> above = list(network.units(layer + 1), j -> delta(layer + 1, sample, j));
    return list(
        network.units(layer),
        k ->
            math.delta(
                above,
                backward.get(k),
                now.slope(
                    this, layer, weightedInput(layer, sample, k), activation(layer, sample, k))));
  }

  private List<T> gradient(int layer, int[][] summed) {
    return list(network.parameters(layer), k -> derivative(network.first(layer) + k, summed));
  }

  /** The derivative by a parameter, summed over these samples by chunks. */
  public T derivative(int parameter, int[][] summed) {
    int layer = network.layerOf(parameter);
    int in = network.row(parameter);
    int out = network.column(parameter);
    IntFunction<T> delta = i -> delta(layer, i, out);
    return in < network.units(layer - 1)
        ? math.batchSum(summed, alike, delta, i -> now.factor(this, layer, i, in, out))
        : math.batchSum(summed, alike, delta);
  }

  private List<T> mean() {
    int[][] summed = now.summed(chunks);
    List<T> sums = new ArrayList<>();
    for (int layer = 1; layer <= network.depth(); layer++) {
      sums.addAll(summed == chunks ? at(Stage.gradient(layer)) : gradient(layer, summed));
    }
    double divisor = now.divisor(this, size());
    return sums.stream().map(sum -> math.over(sum, divisor)).toList();
  }

  private List<T> updated() {
    List<T> mean = at(Stage.MEAN);
    return list(
        mean.size(),
        k -> math.minus(parameters.get(k), now.change(this, math.times(rate, mean.get(k)))));
  }

  private List<T> predictions() {
    int outputs = network.outputs();
    return list(outputs * size(), k -> activation(network.depth(), k / outputs, k % outputs));
  }

  private static <T> List<T> list(int size, IntFunction<T> value) {
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(value.apply(i));
    }
    return list;
  }
}
