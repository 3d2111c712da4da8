package io.github.sumnet.gradcheck.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.step.Misreporting;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Operations;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.step.TrainingStep;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that show only in some batches, some steps or some numbers: which form finds them? */
class FaultCoverageTest {
  private static final DenseNetwork NETWORK = DenseNetwork.of(Topology.DEFAULT);
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

  @Tag("campaign")
  @ParameterizedTest
  @ValueSource(ints = {16, 64, 128, 256, 512, 1024, 2048, 4096})
  void a_lost_last_sample_of_full_blocks(int block) throws InterruptedException {
    found(Form.FULL, occurring((i, n) -> n >= block && i == n / block * block - 1 ? 0 : 1));
    found(Form.FULL, occurring((i, n) -> n % block == 0 && i == n - 1 ? 0 : 1));
  }

  @Tag("campaign")
  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256, 512, 1024, 2048, 4096})
  void a_lost_sample_after_full_blocks(int block) throws InterruptedException {
    found(Form.FULL, occurring((i, n) -> n == block + 1 && i == block ? 0 : 1));
    found(Form.FULL, occurring((i, n) -> n == block - 1 && i == n - 1 ? 0 : 1));
  }

  @ParameterizedTest
  @CsvSource({"2, SHORT", "3, SHORT", "4, SHORT", "9, SHORT", "10, FULL", "17, FULL"})
  void what_begins_in_a_later_step(int number, Form form) throws InterruptedException {
    found(
        form,
        in(
            Stage.MEAN,
            Changes.divided(step -> numberOf(step) >= number ? 2.0 * step.size() : step.size())));
  }

  private static int numberOf(TrainingStep<?> step) {
    return step.previous() == null ? 1 : 1 + numberOf(step.previous());
  }

  @ParameterizedTest
  @CsvSource({"1, SHORT", "2, SHORT", "3, SHORT", "8, SHORT", "9, FULL", "19, FULL"})
  void chunks_beyond_a_number(int chunks, Form form) throws InterruptedException {
    found(form, inSums(Changes.firstChunks(chunks)));
  }

  @ParameterizedTest
  @EnumSource
  void targets_clipped_at_either_end(Form form) throws InterruptedException {
    found(form, any(Changes.clippedTarget(0, Double.MAX_VALUE)));
    found(form, any(Changes.clippedTarget(-Double.MAX_VALUE, 1)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 5, 100, 1e6})
  void clipped_gradients(double limit) throws InterruptedException {
    found(Form.SHORT, in(Stage.MEAN, Changes.clipped(-limit, limit)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 15, 20, 40, 80})
  void clipped_weighted_inputs(double limit) throws InterruptedException {
    found(
        Form.SHORT,
        in(
            Stage.forward(1),
            new Operations() {
              @Override
              public <T> T value(TrainingStep<T> step, Stage stage, int index, T value) {
                double z = step.math().toDouble(value);
                return Math.abs(z) > limit ? step.math().of(Math.copySign(limit, z)) : value;
              }
            }));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1e-12, 1e-20, 1e-25})
  void flushed_sums(double smallest) throws InterruptedException {
    found(Form.SHORT, inSums(Changes.flushed(smallest)));
  }

  @ParameterizedTest
  @EnumSource(names = {"PREDICTED", "RETURNED", "LOSS", "MEAN", "UPDATE"})
  void a_wrong_number_in_any_stage(Stage.Kind kind) throws InterruptedException {
    Stage stage = new Stage(kind, 0);
    Misreporting lying =
        new Misreporting(new RoundedSubject(NETWORK, Precision.FLOAT)) {
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

  private static Subject occurring(Changes.Occurrences occurrences) {
    return inSums(Changes.occurring(occurrences));
  }

  private static Subject any(Operations change) {
    return new RoundedSubject(NETWORK, Precision.FLOAT, stage -> change);
  }

  private static Subject in(Stage where, Operations change) {
    return new RoundedSubject(
        NETWORK, Precision.FLOAT, stage -> stage.equals(where) ? change : Operations.TEXTBOOK);
  }

  private static Subject inSums(Operations change) {
    return new RoundedSubject(
        NETWORK,
        Precision.FLOAT,
        stage -> stage.kind() == Stage.Kind.GRADIENT ? change : Operations.TEXTBOOK);
  }
}
