package io.github.sumnet.gradcheck.design;

import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The cases that a network of any dense layers is judged on: its own weights, and random ones. */
public final class ModelDesigns {
  private static final int[] SIZES = {1, 2, 7, 16};

  /** Four steps: what goes wrong from the fourth on, or from one step to the next, shows. */
  private static final int[] STEPS = {5, 3, 4, 6};

  /** Units that are neither dead nor in saturation: weights of a variance of 1 by the inputs. */
  private static final double SPREAD = 1.5;

  /** Where steps follow one another, so that they do not diverge at the check's learning rate. */
  private static final double SMALL_SPREAD = 0.5;

  /** Random weights are drawn again if they show nothing: networks of ReLUs are often all 0. */
  private static final int DRAWS = 100;

  /** What the truth of one large batch may cost, in samples times units. */
  private static final int MOST_UNITS = 5000;

  private final DenseNetwork network;
  private final Precision precision;
  private final Random random;
  private final List<double[]> given;
  private int taken;

  private ModelDesigns(
      DenseNetwork network, Precision precision, Random random, List<double[]> given) {
    this.network = network;
    this.precision = precision;
    this.random = random;
    this.given = given;
  }

  /**
   * Cases from a model's own parameters and from random ones.
   *
   * @param own the model's
   * @param given the samples {inputs, then targets}, taken in turn; empty for random ones
   */
  public static List<Design> of(
      DenseNetwork network, Precision precision, double[] own, List<double[]> given, long seed) {
    ModelDesigns designs = new ModelDesigns(network, precision, new Random(seed), given);
    List<Design> all = new ArrayList<>();
    if (!given.isEmpty()) {
      int size = Math.min(given.size(), Math.max(1, MOST_UNITS / network.allUnits()));
      all.add(designs.design("the model's weights, the data, n=" + size, own, size));
    }
    for (int size : SIZES) {
      all.add(designs.design("the model's weights, n=" + size, own, size));
      all.add(designs.random("random weights, n=" + size, SPREAD, size));
    }
    all.add(designs.random("5 samples, then 3, 4 and 6", SMALL_SPREAD, STEPS));
    return all;
  }

  /** One random case of one step. */
  public static Design random(DenseNetwork network, Precision precision, Random random) {
    ModelDesigns designs = new ModelDesigns(network, precision, random, List.of());
    int size = SIZES[random.nextInt(SIZES.length)];
    return designs.design("random n=" + size, designs.parameters(SPREAD), size);
  }

  /** Random weights with which every step has derivatives in all layers, if such can be found. */
  private Design random(String name, double spread, int... sizes) {
    Design design = design(name, parameters(spread), sizes);
    for (int draw = 1; draw < DRAWS && !hasDerivatives(design); draw++) {
      design = design(name, parameters(spread), sizes);
    }
    return design;
  }

  private boolean hasDerivatives(Design design) {
    RoundedSubject textbook = new RoundedSubject(network, Precision.DOUBLE);
    textbook.begin(design.parameters());
    return design.steps().stream().map(textbook::step).allMatch(this::hasDerivatives);
  }

  /** Some in the first layer, and no sum of weighted inputs of 0, where a ReLU has none. */
  private boolean hasDerivatives(Observation step) {
    for (int layer = 1; layer <= network.depth(); layer++) {
      double[] sumsAndOutputs = step.at(Stage.forward(layer));
      for (int k = 0; k < sumsAndOutputs.length; k++) {
        boolean sum = k / network.units(layer) % 2 == 0;
        if (sum && sumsAndOutputs[k] == 0) {
          return false;
        }
      }
    }
    return Arrays.stream(step.at(Stage.gradient(1))).anyMatch(gradient -> gradient != 0);
  }

  private Design design(String name, double[] parameters, int... sizes) {
    return new Design(
        name,
        network,
        parameters,
        Arrays.stream(sizes)
            .mapToObj(
                size ->
                    Samples.of(
                        IntStream.range(0, size).mapToObj(i -> row()).toArray(double[][]::new)))
            .toList());
  }

  private double[] parameters(double spread) {
    double[] parameters = new double[network.parameters()];
    for (int k = 0; k < parameters.length; k++) {
      int below = network.units(network.layerOf(k) - 1);
      parameters[k] = precision.round(random.nextGaussian() * spread / Math.sqrt(below));
    }
    return parameters;
  }

  private double[] row() {
    if (!given.isEmpty()) {
      double[] next = given.get(taken++ % given.size());
      return Arrays.stream(next).map(precision::round).toArray();
    }
    double[] row = new double[network.inputs() + network.outputs()];
    for (int k = 0; k < network.inputs(); k++) {
      row[k] = precision.round(random.nextGaussian());
    }
    int label = random.nextInt(network.outputs());
    for (int j = 0; j < network.outputs(); j++) {
      row[network.inputs() + j] = precision.round(target(j == label));
    }
    return row;
  }

  /** One class of several for a cross-entropy; a probability, or anything, where that may be. */
  private double target(boolean isLabel) {
    boolean classes = network.layer(network.depth()).activation() == Activation.SOFTMAX;
    if (network.loss() == Loss.CROSS_ENTROPY || classes) {
      return isLabel ? 1 : 0;
    }
    return network.loss() == Loss.BINARY_CROSS_ENTROPY
        ? random.nextDouble()
        : 3 * random.nextDouble() - 1;
  }
}
