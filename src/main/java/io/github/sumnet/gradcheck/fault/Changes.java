package io.github.sumnet.gradcheck.fault;

import io.github.sumnet.gradcheck.arithmetic.Arithmetic;
import io.github.sumnet.gradcheck.step.Operations;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.TrainingStep;
import io.github.sumnet.network.DenseNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Wrong operations of a training step. Each is planted to see whether the check finds it, and tried
 * on a failure to see whether it accounts for it.
 */
public final class Changes {
  public static final Operations NO_SLOPE =
      new Operations() {
        @Override
        public <T> T slope(TrainingStep<T> step, int layer, T z, T a) {
          return step.math().of(1);
        }
      };

  public static final Operations SLOPE_TWICE =
      new Operations() {
        @Override
        public <T> T slope(TrainingStep<T> step, int layer, T z, T a) {
          T slope = Operations.super.slope(step, layer, z, a);
          return step.math().times(slope, slope);
        }
      };

  public static final Operations TANH_SLOPE =
      new Operations() {
        @Override
        public <T> T slope(TrainingStep<T> step, int layer, T z, T a) {
          Arithmetic<T> math = step.math();
          return math.minus(math.of(1), math.times(a, a));
        }
      };

  public static final Operations SLOPE_OF_ACTIVATION =
      new Operations() {
        @Override
        public <T> T slope(TrainingStep<T> step, int layer, T z, T a) {
          return Operations.super.slope(step, layer, a, activation(step, layer, a));
        }
      };

  public static final Operations NO_BACKWARD_WEIGHT =
      new Operations() {
        @Override
        public <T> T backwardWeight(TrainingStep<T> step, int layer, int in, int out) {
          return step.math().of(1);
        }
      };

  public static final Operations UPDATED_WEIGHTS =
      new Operations() {
        @Override
        public <T> T backwardWeight(TrainingStep<T> step, int layer, int in, int out) {
          Arithmetic<T> math = step.math();
          int place = in * step.network().units(layer) + out;
          T mean = math.over(step.at(Stage.gradient(layer)).get(place), step.size());
          return math.minus(step.weight(layer, in, out), math.times(step.rate(), mean));
        }
      };

  /** The weights of the step before, forward and backward; in the first step they are right. */
  public static final Operations STALE_WEIGHTS =
      new Operations() {
        @Override
        public <T> T weight(TrainingStep<T> step, int layer, int in, int out) {
          TrainingStep<T> from = step.previous() == null ? step : step.previous();
          return from.weight(layer, in, out);
        }

        @Override
        public <T> T backwardWeight(TrainingStep<T> step, int layer, int in, int out) {
          return weight(step, layer, in, out);
        }
      };

  /** The output of the layer itself as the factor of its deltas. */
  public static final Operations PREDICTION_FOR_ACTIVATION =
      new Operations() {
        @Override
        public <T> T factor(TrainingStep<T> step, int layer, int sample, int in, int out) {
          return step.activation(layer, sample, out);
        }
      };

  /** The deltas come back through the weights in the reverse order of the units. */
  public static final Operations REVERSED_UNITS =
      new Operations() {
        @Override
        public <T> T backwardWeight(TrainingStep<T> step, int layer, int in, int out) {
          return step.weight(layer, step.network().units(layer - 1) - 1 - in, out);
        }
      };

  /** σ as e^z/(1+e^z). */
  public static final Operations OVERFLOW = overflow(1);

  /** σ as 1/(1+e^−z) with a quotient of two infinities. */
  public static final Operations OVERFLOW_BELOW = overflow(-1);

  public static final Operations TO_FLOAT =
      new ValueChange() {
        @Override
        <T> T change(TrainingStep<T> step, Stage stage, int index, T value) {
          return step.math().toFloat(value);
        }
      };

  public static final Operations MEAN_OF_MEANS =
      new ValueChange() {
        @Override
        <T> T change(TrainingStep<T> step, Stage stage, int index, T value) {
          Arithmetic<T> math = step.math();
          List<T> means =
              Arrays.stream(step.chunks())
                  .map(
                      chunk -> {
                        int[][] one = {chunk};
                        T sum =
                            stage.equals(Stage.LOSS)
                                ? math.lossSum(one, range(step.size()), step::loss)
                                : step.derivative(index, one);
                        return math.over(sum, chunk.length);
                      })
                  .toList();
          return math.over(math.sum(means), means.size());
        }
      };

  public static final Operations RATE_TWICE =
      new Operations() {
        @Override
        public <T> T change(TrainingStep<T> step, T change) {
          return step.math().times(step.rate(), change);
        }
      };

  public static final Operations SUM_FOR_MEAN = divided(step -> 1);

  public static final Operations ONE_LESS = divided(step -> step.size() - 1);

  public static final Operations STALE_BATCH_SIZE =
      divided(step -> (step.previous() == null ? step : step.previous()).size());

  public static final Operations LAST_CHUNK_ONLY =
      summed(chunks -> Arrays.copyOfRange(chunks, chunks.length - 1, chunks.length));

  private Changes() {}

  /** A change of the values that a stage hands on; of a forward pass of the activations alone. */
  private abstract static class ValueChange implements Operations {
    abstract <T> T change(TrainingStep<T> step, Stage stage, int index, T value);

    @Override
    public <T> T value(TrainingStep<T> step, Stage stage, int index, T value) {
      return isWeightedInput(step, stage, index) ? value : change(step, stage, index, value);
    }
  }

  /** Whether a value of a stage is the z of a unit. */
  private static boolean isWeightedInput(TrainingStep<?> step, Stage stage, int index) {
    return stage.kind() == Stage.Kind.FORWARD && index < step.network().units(stage.layer());
  }

  private static int[] range(int size) {
    return IntStream.range(0, size).toArray();
  }

  private static Operations overflow(int sign) {
    return new Operations() {
      @Override
      public <T> T activation(TrainingStep<T> step, int layer, T z) {
        return sign * step.math().toDouble(z) > step.math().largestExponent()
            ? step.math().about(Double.NaN, 0)
            : Operations.super.activation(step, layer, z);
      }
    };
  }

  /**
   * Every value times a number; of the update, every change.
   *
   * @param error how far the number may be off, where errors are kept
   */
  public static Operations times(double factor, double error) {
    return new Operations() {
      @Override
      public <T> T value(TrainingStep<T> step, Stage stage, int index, T value) {
        return stage.equals(Stage.UPDATE) ? value : scaled(step, value);
      }

      @Override
      public <T> T change(TrainingStep<T> step, T change) {
        return scaled(step, change);
      }

      private <T> T scaled(TrainingStep<T> step, T value) {
        return step.math().times(step.math().about(factor, error), value);
      }
    };
  }

  public static Operations times(double factor) {
    return times(factor, 0);
  }

  /** Values kept between two limits. */
  public static Operations clipped(double low, double high) {
    return new ValueChange() {
      @Override
      <T> T change(TrainingStep<T> step, Stage stage, int index, T value) {
        double x = step.math().toDouble(value);
        return x < low ? step.math().of(low) : x > high ? step.math().of(high) : value;
      }
    };
  }

  /** Values below a limit are 0. */
  public static Operations flushed(double limit) {
    return new ValueChange() {
      @Override
      <T> T change(TrainingStep<T> step, Stage stage, int index, T value) {
        return Math.abs(step.math().toDouble(value)) < limit ? step.math().of(0) : value;
      }
    };
  }

  /**
   * The value of the step before is added.
   *
   * @param first the first step in which it is, from 1
   */
  public static Operations accumulated(int first) {
    return new ValueChange() {
      @Override
      <T> T change(TrainingStep<T> step, Stage stage, int index, T value) {
        int number = 1;
        for (TrainingStep<T> each = step.previous(); each != null; each = each.previous()) {
          number++;
        }
        return step.previous() == null || number < first
            ? value
            : step.math().plus(step.previous().at(stage).get(index), value);
      }
    };
  }

  /** A share of the weight before is added. */
  public static Operations plusWeight(double share, double error) {
    return new ValueChange() {
      @Override
      <T> T change(TrainingStep<T> step, Stage stage, int index, T value) {
        Arithmetic<T> math = step.math();
        return math.plus(value, math.times(math.about(share, error), step.parameter(index)));
      }
    };
  }

  /** A share of the previous step's change is added. */
  public static Operations momentum(double share, double error) {
    return new ValueChange() {
      @Override
      <T> T change(TrainingStep<T> step, Stage stage, int index, T value) {
        TrainingStep<T> last = step.previous();
        if (last == null) {
          return value;
        }
        Arithmetic<T> math = step.math();
        T change = math.minus(last.at(Stage.UPDATE).get(index), last.parameter(index));
        return math.plus(value, math.times(math.about(share, error), change));
      }
    };
  }

  /** Numbers that are added to the weighted inputs. */
  public interface Bias {
    <T> T of(TrainingStep<T> step, int layer, int unit);
  }

  /** Units with biases where there should be none. */
  public static Operations biased(Bias bias) {
    return new Operations() {
      @Override
      public <T> T value(TrainingStep<T> step, Stage stage, int index, T value) {
        return isWeightedInput(step, stage, index)
            ? step.math().plus(value, bias.of(step, stage.layer(), index))
            : value;
      }
    };
  }

  /** A bias that starts at 0, as a layer's default bias does, and is trained. */
  static final class TrainedBias implements Bias {
    @Override
    public <T> T of(TrainingStep<T> step, int layer, int unit) {
      TrainingStep<T> last = step.previous();
      Arithmetic<T> math = step.math();
      if (last == null) {
        return math.of(0);
      }
      List<T> deltas =
          IntStream.range(0, last.size()).mapToObj(i -> last.delta(layer, i, unit)).toList();
      T change = math.times(step.rate(), math.over(math.sum(deltas), last.size()));
      return math.minus(of(last, layer, unit), change);
    }
  }

  /** Sums over these samples instead of all. */
  public static Operations summed(UnaryOperator<int[][]> which) {
    return new Operations() {
      @Override
      public int[][] summed(int[][] chunks) {
        return which.apply(chunks);
      }
    };
  }

  /** How often a sample of a batch of n goes into the sums. */
  public interface Occurrences {
    int of(int sample, int n);
  }

  /** Sums into which samples go so often. */
  public static Operations occurring(Occurrences occurrences) {
    return summed(
        chunks -> {
          int n = Arrays.stream(chunks).mapToInt(chunk -> chunk.length).sum();
          return Arrays.stream(chunks)
              .map(
                  chunk ->
                      Arrays.stream(chunk)
                          .flatMap(i -> IntStream.range(0, occurrences.of(i, n)).map(any -> i))
                          .toArray())
              .toArray(int[][]::new);
        });
  }

  /** Sums of the first chunks alone. */
  public static Operations firstChunks(int count) {
    return summed(chunks -> Arrays.copyOf(chunks, Math.min(count, chunks.length)));
  }

  /** Sums divided by something else than the number of samples. */
  public static Operations divided(ToDoubleFunction<TrainingStep<?>> divisor) {
    return new Operations() {
      @Override
      public double divisor(TrainingStep<?> step, int n) {
        return divisor.applyAsDouble(step);
      }
    };
  }

  /** Other inputs than the right ones, forward and as factors of the first layer's deltas. */
  public static Operations inputs(IntUnaryOperator from) {
    return new Operations() {
      @Override
      public <T> T input(TrainingStep<T> step, int sample, int input) {
        return step.input(sample, from.applyAsInt(input));
      }

      @Override
      public <T> T factor(TrainingStep<T> step, int layer, int sample, int in, int out) {
        return layer == 1
            ? input(step, sample, in)
            : Operations.super.factor(step, layer, sample, in, out);
      }
    };
  }

  /** An input as the target. */
  public static Operations inputForTarget(int input) {
    return new Operations() {
      @Override
      public <T> T target(TrainingStep<T> step, int sample, int output) {
        return step.input(sample, input);
      }
    };
  }

  /** Targets kept between two limits. */
  public static Operations clippedTarget(double low, double high) {
    return new Operations() {
      @Override
      public <T> T target(TrainingStep<T> step, int sample, int output) {
        T y = step.target(sample, output);
        double value = step.math().toDouble(y);
        return value < low || value > high
            ? step.math().of(Math.max(low, Math.min(value, high)))
            : y;
      }
    };
  }

  /**
   * A layer's weights or derivatives in the wrong order, both ways round: row by row where they lie
   * column by column.
   */
  public static Operations transposed(boolean otherWay) {
    return new Operations() {
      @Override
      public <T> T weight(TrainingStep<T> step, int layer, int in, int out) {
        int first = step.network().first(layer);
        int place = step.network().weight(layer, in, out);
        return step.parameter(first + transposed(step.network(), layer, place - first));
      }

      @Override
      public int place(DenseNetwork network, Stage stage, int index) {
        int parameter = stage.parameter(network, index);
        int layer = network.layerOf(parameter);
        int first = network.first(layer);
        return index + transposed(network, layer, parameter - first) - (parameter - first);
      }

      private int transposed(DenseNetwork network, int layer, int k) {
        int rows = network.units(layer - 1);
        int columns = network.units(layer);
        if (k >= rows * columns) {
          return k;
        }
        return otherWay ? k % rows * columns + k / rows : k % columns * rows + k / columns;
      }
    };
  }

  /** The orders in which a layer's units are easily mixed up: reversed, and moved by one. */
  public static Stream<IntUnaryOperator> orders(int units) {
    return units == 1
        ? Stream.empty()
        : Stream.of(j -> units - 1 - j, j -> (j + 1) % units, j -> (j + units - 1) % units);
  }

  /**
   * A hidden layer's units in the wrong order: as the layer above reads them, as the deltas come
   * back, or as derivatives are stored.
   *
   * @param layer whose units they are
   * @param order for a unit, the one that is taken for it
   */
  public static Operations permuted(int layer, IntUnaryOperator order) {
    return new Operations() {
      @Override
      public <T> T weight(TrainingStep<T> step, int at, int in, int out) {
        return step.weight(at, at == layer + 1 ? order.applyAsInt(in) : in, out);
      }

      @Override
      public <T> T backwardWeight(TrainingStep<T> step, int at, int in, int out) {
        return weight(step, at, in, out);
      }

      @Override
      public int place(DenseNetwork network, Stage stage, int index) {
        int units = network.units(stage.layer());
        if (stage.kind() == Stage.Kind.GRADIENT && stage.layer() == layer) {
          return index / units * units + order.applyAsInt(index % units);
        }
        boolean above = stage.kind() == Stage.Kind.GRADIENT && stage.layer() == layer + 1;
        return above && index / units < network.units(layer)
            ? order.applyAsInt(index / units) * units + index % units
            : index;
      }
    };
  }
}
