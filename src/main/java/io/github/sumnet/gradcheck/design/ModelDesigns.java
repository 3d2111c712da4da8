package io.github.sumnet.gradcheck.design;

import io.github.sumnet.gradcheck.step.Samples;
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
  private static final int[] STEPS = {5, 3, 4};

  /** Units that are neither dead nor in saturation: weights of a variance of 1 by the inputs. */
  private static final double SPREAD = 1.5;

  private final DenseNetwork network;
  private final Precision precision;
  private final Random random;

  private ModelDesigns(DenseNetwork network, Precision precision, Random random) {
    this.network = network;
    this.precision = precision;
    this.random = random;
  }

  /**
   * Cases from a model's own parameters and from random ones.
   *
   * @param own the model's; null if there is none
   */
  public static List<Design> of(
      DenseNetwork network, Precision precision, double[] own, long seed) {
    ModelDesigns designs = new ModelDesigns(network, precision, new Random(seed));
    List<Design> all = new ArrayList<>();
    for (int size : SIZES) {
      if (own != null) {
        all.add(designs.design("the model's weights, n=" + size, own, size));
      }
      all.add(designs.design("random weights, n=" + size, designs.parameters(), size));
    }
    all.add(designs.design("5 samples, then 3, then 4", designs.parameters(), STEPS));
    return all;
  }

  /** One random case of one step. */
  public static Design random(DenseNetwork network, Precision precision, Random random) {
    ModelDesigns designs = new ModelDesigns(network, precision, random);
    int size = SIZES[random.nextInt(SIZES.length)];
    return designs.design("random n=" + size, designs.parameters(), size);
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

  private double[] parameters() {
    double[] parameters = new double[network.parameters()];
    for (int k = 0; k < parameters.length; k++) {
      int below = network.units(network.layerOf(k) - 1);
      parameters[k] = precision.round(random.nextGaussian() * SPREAD / Math.sqrt(below));
    }
    return parameters;
  }

  private double[] row() {
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
