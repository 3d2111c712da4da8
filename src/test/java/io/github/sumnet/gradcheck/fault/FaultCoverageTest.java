package io.github.sumnet.gradcheck.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.Batch;
import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.step.Misreporting;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.step.TextbookNetwork;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that show only in some batches, some steps or some numbers: which form finds them? */
class FaultCoverageTest {
  private static final Map<String, List<Design>> DESIGNS = new ConcurrentHashMap<>();
  private static final Map<String, Judge> JUDGES = new ConcurrentHashMap<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void a_lost_last_sample_at_any_remainder_of_16(int remainder) throws InterruptedException {
    found(Form.FULL, occurring((i, n) -> n % 16 == remainder && i == n - 1 ? 0 : 1));
  }

  @ParameterizedTest
  @CsvSource({"64, SHORT", "1024, SHORT", "2048, FULL", "4096, FULL"})
  void samples_beyond_a_block(int block, Form form) throws InterruptedException {
    found(form, occurring((i, n) -> i < block ? 1 : 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 64, 128, 256, 512, 1024, 2048, 4096})
  void a_lost_last_sample_of_full_blocks(int block) throws InterruptedException {
    found(Form.FULL, occurring((i, n) -> n >= block && i == n / block * block - 1 ? 0 : 1));
    found(Form.FULL, occurring((i, n) -> n % block == 0 && i == n - 1 ? 0 : 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256, 512, 1024, 2048, 4096})
  void a_lost_sample_after_full_blocks(int block) throws InterruptedException {
    found(Form.FULL, occurring((i, n) -> n == block + 1 && i == block ? 0 : 1));
    found(Form.FULL, occurring((i, n) -> n == block - 1 && i == n - 1 ? 0 : 1));
  }

  @ParameterizedTest
  @CsvSource({"2, SHORT", "3, SHORT", "4, SHORT", "9, SHORT", "10, FULL", "17, FULL"})
  void what_begins_in_a_later_step(int step, Form form) throws InterruptedException {
    found(
        form,
        new Altered() {
          private int steps;

          @Override
          public void begin(Weights start) {
            super.begin(start);
            steps = 0;
          }

          @Override
          public Observation step(List<Batch> chunks) throws InterruptedException {
            steps++;
            return super.step(chunks);
          }

          @Override
          public int divisor(int n) {
            return steps >= step ? 2 * n : n;
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"1, SHORT", "2, SHORT", "3, SHORT", "8, SHORT", "9, FULL", "19, FULL"})
  void chunks_beyond_a_number(int chunks, Form form) throws InterruptedException {
    found(
        form,
        new Altered() {
          @Override
          public double[] total(List<double[]> chunkSums, int n) {
            return super.total(chunkSums.subList(0, Math.min(chunks, chunkSums.size())), n);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void targets_clipped_at_either_end(Form form) throws InterruptedException {
    found(form, target(y -> Math.max(0, y)));
    found(form, target(y -> Math.min(1, y)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 5, 100, 1e6})
  void clipped_gradients(double limit) throws InterruptedException {
    found(Form.SHORT, new UpdateFaults.ClippedGradient(limit, Precision.FLOAT, rate()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 15, 20, 40, 80})
  void clipped_weighted_inputs(double limit) throws InterruptedException {
    found(
        Form.SHORT,
        new Altered() {
          @Override
          public double weightedInput(double x1, double x2, int unit) {
            return Math.max(-limit, Math.min(super.weightedInput(x1, x2, unit), limit));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-12, 1e-20, 1e-25})
  void flushed_sums(double smallest) throws InterruptedException {
    found(
        Form.SHORT,
        new Altered() {
          @Override
          public double[] gradientSum(double[] sum) {
            for (int k = 0; k < sum.length; k++) {
              sum[k] = Math.abs(sum[k]) < smallest ? 0 : sum[k];
            }
            return sum;
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"PREDICTED", "RETURNED", "LOSS", "MEAN", "UPDATE"})
  void a_wrong_number_in_any_stage(Stage stage) throws InterruptedException {
    Misreporting lying =
        new Misreporting(new Altered()) {
          @Override
          protected void change(Observation seen) {
            seen.at(stage)[0] *= 1.001;
          }
        };
    Design design = designs(Form.SHORT).get(1);
    DesignResult result = new Judge(Precision.FLOAT, Device.CPU).judge(design, lying);
    assertThat(result.firstWrong().orElseThrow().stage()).isEqualTo(stage);
  }

  private static void found(Form form, Subject faulty) throws InterruptedException {
    Judge judge =
        JUDGES.computeIfAbsent(
            form.name(), any -> new Judge(Precision.FLOAT, Device.CPU, designs(form)));
    boolean found = false;
    for (Design design : designs(form)) {
      found |= judge.judge(design, faulty).firstWrong().isPresent();
      if (found) {
        break;
      }
    }
    assertThat(found).isTrue();
  }

  private static List<Design> designs(Form form) {
    return DESIGNS.computeIfAbsent(
        form.name(), any -> Designs.of(form, Topology.DEFAULT, Precision.FLOAT, 1));
  }

  private static double rate() {
    return Subject.LEARNING_RATE;
  }

  private static Subject occurring(IntBinaryOperator timesOfSampleInBatch) {
    return new Altered() {
      @Override
      public int occurrences(int sample, int n) {
        return timesOfSampleInBatch.applyAsInt(sample, n);
      }
    };
  }

  private static Subject target(DoubleUnaryOperator change) {
    return new Altered() {
      @Override
      public double target(Batch batch, int sample) {
        return change.applyAsDouble(super.target(batch, sample));
      }
    };
  }

  private static class Altered extends TextbookNetwork {
    Altered() {
      super(Precision.FLOAT, rate());
    }
  }
}
