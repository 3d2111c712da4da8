package io.github.sumnet.gradcheck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.gradcheck.arithmetic.RoundedArithmetic;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Operations;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.TrainingStep;
import io.github.sumnet.network.Activation;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.DenseNetwork.Layer;
import io.github.sumnet.network.Loss;
import io.github.sumnet.network.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each change, planted in one stage of a 2-3-2 network with biases, against loops by hand. */
class ChangesTest {
  private static final int INPUTS = 2;
  private static final int HIDDEN = 3;
  private static final int OUTPUTS = 2;
  private static final DenseNetwork NETWORK =
      new DenseNetwork(
          INPUTS,
          List.of(
              new Layer(HIDDEN, Activation.SIGMOID, true),
              new Layer(OUTPUTS, Activation.SIGMOID, true)),
          Loss.HALF_SQUARED_ERROR);
  private static final double[] PARAMETERS =
      new Random(1).doubles(NETWORK.parameters(), -1, 1).toArray();

  /** The larger chunk last. */
  private static final Samples SAMPLES =
      new Samples(
          List.of(
              List.of(row(0.5, -0.25, 0.75, -1)),
              List.of(row(-1, 0.125, 2, 0.5), row(0.25, 1, 0.3, 0.6))));

  private static double[] row(double... numbers) {
    return numbers;
  }

  private static Observation step(Stage where, Operations change) {
    return steps(1, where, change)[0];
  }

  /** Steps on the same samples. */
  private static Observation[] steps(int count, Stage where, Operations change) {
    RoundedSubject subject =
        new RoundedSubject(
            NETWORK, Precision.DOUBLE, stage -> stage.equals(where) ? change : Operations.TEXTBOOK);
    subject.begin(PARAMETERS);
    return IntStream.range(0, count)
        .mapToObj(i -> subject.step(SAMPLES))
        .toArray(Observation[]::new);
  }

  private static Observation textbook() {
    return step(Stage.LOSS, Operations.TEXTBOOK);
  }

  private static double weight(double[] parameters, int layer, int in, int out) {
    return parameters[NETWORK.weight(layer, in, out)];
  }

  /** The a of a hidden unit, from what was seen of the first layer. */
  private static double activation(Observation seen, int sample, int unit) {
    return seen.at(Stage.forward(1))[(2 * sample + 1) * HIDDEN + unit];
  }

  /** Hidden deltas from output deltas, these weights of the second layer and σ′ = a(1−a). */
  private static double[] hiddenDeltas(Observation seen, double[] parameters) {
    double[] deltas = new double[HIDDEN * SAMPLES.size()];
    for (int i = 0; i < SAMPLES.size(); i++) {
      for (int j = 0; j < HIDDEN; j++) {
        double back = 0;
        for (int k = 0; k < OUTPUTS; k++) {
          back += seen.at(Stage.delta(2))[OUTPUTS * i + k] * weight(parameters, 2, j, k);
        }
        double a = activation(seen, i, j);
        deltas[HIDDEN * i + j] = back * a * (1 - a);
      }
    }
    return deltas;
  }

  @Test
  void deltas_go_back_through_weights_that_are_updated_already() {
    Observation right = textbook();
    Observation wrong = step(Stage.delta(1), Changes.UPDATED_WEIGHTS);
    assertThat(right.at(Stage.delta(1)))
        .containsExactly(hiddenDeltas(right, PARAMETERS), within(1e-15));
    assertThat(wrong.at(Stage.delta(1)))
        .containsExactly(hiddenDeltas(right, right.at(Stage.UPDATE)), within(1e-15));
  }

  @Test
  void deltas_go_back_without_weights_or_in_reverse_order() {
    double[] ones = PARAMETERS.clone();
    double[] reversed = PARAMETERS.clone();
    for (int j = 0; j < HIDDEN; j++) {
      for (int k = 0; k < OUTPUTS; k++) {
        ones[NETWORK.weight(2, j, k)] = 1;
        reversed[NETWORK.weight(2, j, k)] = weight(PARAMETERS, 2, HIDDEN - 1 - j, k);
      }
    }
    assertThat(step(Stage.delta(1), Changes.NO_BACKWARD_WEIGHT).at(Stage.delta(1)))
        .containsExactly(hiddenDeltas(textbook(), ones), within(1e-15));
    assertThat(step(Stage.delta(1), Changes.REVERSED_UNITS).at(Stage.delta(1)))
        .containsExactly(hiddenDeltas(textbook(), reversed), within(1e-15));
  }

  @Test
  void weights_of_the_step_before_are_wrong_from_the_second_step_on() {
    Observation[] right = steps(2, Stage.LOSS, Operations.TEXTBOOK);
    Observation[] stale = steps(2, Stage.delta(1), Changes.STALE_WEIGHTS);
    assertThat(stale[0].sameBits(right[0])).isTrue();
    assertThat(stale[1].at(Stage.delta(1)))
        .containsExactly(hiddenDeltas(right[1], PARAMETERS), within(1e-15));
    Observation[] forward = steps(2, Stage.forward(1), Changes.STALE_WEIGHTS);
    // Biases are those of the step.
    double[] after = forward[0].at(Stage.UPDATE);
    for (int i = 0; i < SAMPLES.size(); i++) {
      double[] x = SAMPLES.rows().get(i);
      for (int j = 0; j < HIDDEN; j++) {
        assertThat(forward[1].at(Stage.forward(1))[2 * i * HIDDEN + j])
            .isCloseTo(
                x[0] * weight(PARAMETERS, 1, 0, j)
                    + x[1] * weight(PARAMETERS, 1, 1, j)
                    + after[NETWORK.bias(1, j)],
                within(1e-15));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "true, 1", "false, 2", "true, 2"})
  void a_matrix_is_read_in_the_wrong_order_and_biases_stay(boolean otherWay, int layer) {
    int rows = NETWORK.units(layer - 1);
    int columns = NETWORK.units(layer);
    double[] right = textbook().at(Stage.gradient(layer));
    double[] expected = right.clone();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int transposed = c * rows + r;
        int place = r * columns + c;
        if (otherWay) {
          expected[transposed] = right[place];
        } else {
          expected[place] = right[transposed];
        }
      }
    }
    Operations change = Changes.transposed(otherWay);
    double[] wrong = step(Stage.gradient(layer), change).at(Stage.gradient(layer));
    assertThat(wrong).isEqualTo(expected).isNotEqualTo(right);
    assertThat(Arrays.copyOfRange(wrong, rows * columns, wrong.length))
        .isEqualTo(Arrays.copyOfRange(right, rows * columns, right.length));
    double[] mean = step(Stage.MEAN, change).at(Stage.MEAN);
    int first = NETWORK.first(layer);
    for (int k = 0; k < expected.length; k++) {
      assertThat(mean[first + k]).isEqualTo(expected[k] / 3);
    }
  }

  @Test
  void hidden_units_in_another_order_move_rows_above_and_columns_of_their_own() {
    IntUnaryOperator order = j -> (j + 1) % HIDDEN;
    Operations change = Changes.permuted(1, order);
    double[] right = textbook().at(Stage.gradient(2));
    double[] above = step(Stage.gradient(2), change).at(Stage.gradient(2));
    for (int j = 0; j < HIDDEN; j++) {
      for (int k = 0; k < OUTPUTS; k++) {
        assertThat(above[j * OUTPUTS + k]).isEqualTo(right[order.applyAsInt(j) * OUTPUTS + k]);
      }
    }
    for (int k = 0; k < OUTPUTS; k++) {
      int bias = HIDDEN * OUTPUTS + k;
      assertThat(above[bias]).isEqualTo(right[bias]);
    }
    double[] rightBelow = textbook().at(Stage.gradient(1));
    double[] below = step(Stage.gradient(1), change).at(Stage.gradient(1));
    for (int row = 0; row <= INPUTS; row++) {
      for (int j = 0; j < HIDDEN; j++) {
        assertThat(below[row * HIDDEN + j])
            .isEqualTo(rightBelow[row * HIDDEN + order.applyAsInt(j)]);
      }
    }
    double[] permuted = PARAMETERS.clone();
    for (int j = 0; j < HIDDEN; j++) {
      for (int k = 0; k < OUTPUTS; k++) {
        permuted[NETWORK.weight(2, j, k)] = weight(PARAMETERS, 2, order.applyAsInt(j), k);
      }
    }
    assertThat(step(Stage.delta(1), change).at(Stage.delta(1)))
        .containsExactly(hiddenDeltas(textbook(), permuted), within(1e-15));
  }

  @Test
  void three_orders_of_units_are_tried_and_none_of_one_unit() {
    assertThat(Changes.orders(1)).isEmpty();
    assertThat(Changes.orders(4).map(order -> IntStream.range(0, 4).map(order).boxed().toList()))
        .containsExactly(List.of(3, 2, 1, 0), List.of(1, 2, 3, 0), List.of(3, 0, 1, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void values_of_the_step_before_are_added_from_a_step_on(int first) {
    Observation[] right = steps(3, Stage.LOSS, Operations.TEXTBOOK);
    Observation[] wrong = steps(3, Stage.LOSS, Changes.accumulated(first));
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double loss = right[i].at(Stage.LOSS)[0];
      sum = i > 0 && i + 1 >= first ? sum + loss : loss;
      assertThat(wrong[i].at(Stage.LOSS)[0]).isEqualTo(sum);
    }
  }

  @Test
  void clipping_flushing_and_targets_keep_what_lies_at_the_limit_itself() {
    double[] right = textbook().at(Stage.MEAN);
    double limit = Math.abs(right[3]);
    double[] clipped = step(Stage.MEAN, Changes.clipped(-limit, limit)).at(Stage.MEAN);
    double[] flushed = step(Stage.MEAN, Changes.flushed(limit)).at(Stage.MEAN);
    for (int k = 0; k < right.length; k++) {
      assertThat(clipped[k]).isEqualTo(Math.max(-limit, Math.min(right[k], limit)));
      assertThat(flushed[k]).isEqualTo(Math.abs(right[k]) < limit ? 0 : right[k]);
    }
    assertThat(flushed[3]).isNotZero();
    assertThat(flushed).contains(0);
    double[] predicted = textbook().at(Stage.PREDICTED);
    double loss = 0;
    for (int i = 0; i < SAMPLES.size(); i++) {
      for (int k = 0; k < OUTPUTS; k++) {
        double y = Math.max(0, Math.min(SAMPLES.rows().get(i)[INPUTS + k], 0.5));
        loss += Math.pow(predicted[OUTPUTS * i + k] - y, 2) / 2 / SAMPLES.size();
      }
    }
    assertThat(step(Stage.LOSS, Changes.clippedTarget(0, 0.5)).at(Stage.LOSS)[0])
        .isCloseTo(loss, within(1e-15));
  }

  /** e^z overflows from 709.78 on; on the other side nothing happens. */
  @Test
  void an_exponential_that_overflows_is_not_a_number_on_its_side_alone() {
    TrainingStep<Double> step =
        TrainingStep.of(new RoundedArithmetic(Precision.DOUBLE), NETWORK, PARAMETERS, SAMPLES, 0.5);
    assertThat(Changes.OVERFLOW.activation(step, 1, 709.79)).isNaN();
    assertThat(Changes.OVERFLOW.activation(step, 1, 709.78)).isEqualTo(1);
    assertThat(Changes.OVERFLOW.activation(step, 1, -800.0)).isZero();
    assertThat(Changes.OVERFLOW_BELOW.activation(step, 1, -709.79)).isNaN();
    assertThat(Changes.OVERFLOW_BELOW.activation(step, 1, -709.78)).isNotNaN();
    assertThat(Changes.OVERFLOW_BELOW.activation(step, 1, 800.0)).isEqualTo(1);
  }

  @Test
  void slopes_are_missing_squared_or_taken_of_something_else() {
    TrainingStep<Double> step =
        TrainingStep.of(new RoundedArithmetic(Precision.DOUBLE), NETWORK, PARAMETERS, SAMPLES, 0.5);
    double a = 0.25;
    double z = Math.log(a / (1 - a));
    assertThat(Changes.NO_SLOPE.slope(step, 1, z, a)).isEqualTo(1);
    assertThat(Changes.SLOPE_TWICE.slope(step, 1, z, a)).isEqualTo(0.1875 * 0.1875);
    assertThat(Changes.TANH_SLOPE.slope(step, 1, z, a)).isEqualTo(0.9375);
    double again = 1 / (1 + Math.exp(-a));
    assertThat(Changes.SLOPE_OF_ACTIVATION.slope(step, 1, z, a))
        .isCloseTo(again * (1 - again), within(1e-15));
  }

  @Test
  void sums_are_of_other_samples_and_divided_by_something_else() {
    double[] right = textbook().at(Stage.gradient(2));
    double[] lastChunk = step(Stage.gradient(2), Changes.LAST_CHUNK_ONLY).at(Stage.gradient(2));
    double[] firstChunk = step(Stage.gradient(2), Changes.firstChunks(1)).at(Stage.gradient(2));
    double[] bothChunks = step(Stage.gradient(2), Changes.firstChunks(9)).at(Stage.gradient(2));
    double[] twice =
        step(Stage.gradient(2), Changes.occurring((i, n) -> i == 0 && n == 3 ? 2 : 1))
            .at(Stage.gradient(2));
    for (int k = 0; k < right.length; k++) {
      assertThat(firstChunk[k] + lastChunk[k]).isCloseTo(right[k], within(1e-15));
      assertThat(twice[k]).isCloseTo(right[k] + firstChunk[k], within(1e-15));
      assertThat(Math.abs(firstChunk[k])).isGreaterThan(1e-6);
    }
    assertThat(bothChunks).isEqualTo(right);
    double[] mean = textbook().at(Stage.MEAN);
    double[] sum = step(Stage.MEAN, Changes.SUM_FOR_MEAN).at(Stage.MEAN);
    double[] oneLess = step(Stage.MEAN, Changes.ONE_LESS).at(Stage.MEAN);
    double[] ofMeans = step(Stage.MEAN, Changes.MEAN_OF_MEANS).at(Stage.MEAN);
    int first = NETWORK.first(2);
    for (int k = 0; k < right.length; k++) {
      assertThat(sum[first + k]).isCloseTo(3 * mean[first + k], within(1e-15));
      assertThat(oneLess[first + k]).isCloseTo(1.5 * mean[first + k], within(1e-15));
      assertThat(ofMeans[first + k])
          .isCloseTo((firstChunk[k] + lastChunk[k] / 2) / 2, within(1e-15));
    }
  }
}
