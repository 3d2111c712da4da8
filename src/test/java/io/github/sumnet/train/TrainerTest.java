package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.FailingReport;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.GradientMismatchException;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final Slicing SLICING = new Slicing(300, 64, 32);

  @TempDir Path folder;

  @Test
  void there_is_no_trainer_without_a_passing_gradient_check() throws Exception {
    try (Trained trained = trained(steps(5))) {
      GradientReport failing = FailingReport.of(trained.engine.spec());

      assertThatThrownBy(() -> trainer(trained, failing))
          .isInstanceOf(GradientMismatchException.class)
          .hasMessageContaining("nothing was trained");
    }
  }

  @Test
  void the_check_of_another_engine_does_not_count() throws Exception {
    try (Trained trained = trained(steps(5));
        Trained other =
            new Trained(
                Trained.plan(Precision.DOUBLE, SLICING, Trained.ADAM, steps(5)), 1, file())) {
      GradientReport ofTheOther = GradientCheck.run(other.engine.spec(), Form.SHORT, 1);

      assertThatThrownBy(() -> trainer(trained, ofTheOther))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the gradient check was made of");
    }
  }

  private static Trainer trainer(Trained trained, GradientReport report) {
    return new Trainer(
        trained.engine,
        report,
        trained.plan,
        new SyntheticBatches(1, InputRange.DEFAULT, 300),
        SyntheticBatches.heldOut(1, InputRange.DEFAULT, 100),
        trained,
        () -> false);
  }

  /** 300 samples are cut into batches that mostly do not divide them: the epoch's end is ragged. */
  @Tag("campaign")
  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void a_run_that_was_interrupted_ends_in_the_same_bits_as_one_that_was_not(
      @ForAll @IntRange(max = 12) int interruptedAt,
      @ForAll @IntRange(min = 1, max = 320) int batchSize,
      @ForAll @IntRange(min = 16, max = 100) int chunkSize,
      @ForAll UpdaterConfig.Kind kind,
      @ForAll Precision precision,
      @ForAll boolean perEpoch,
      @ForAll @IntRange(min = 1, max = 3) int threadsBefore,
      @ForAll @IntRange(min = 1, max = 3) int threadsAfter)
      throws Exception {
    Schedule schedule = Schedule.parse("exponential:0.7" + (perEpoch ? "@epoch" : ""));
    TrainingPlan plan =
        Trained.plan(
            precision,
            new Slicing(300, batchSize, chunkSize),
            new UpdaterConfig(kind, 0.05, schedule),
            steps(12));
    Path whole = Files.createTempFile("whole", ".zip");
    Path part = Files.createTempFile("part", ".zip");
    try (Trained uninterrupted = new Trained(plan, threadsBefore, whole);
        Trained interrupted = new Trained(plan, threadsBefore, part);
        Trained resumed = new Trained(plan, threadsAfter, part)) {
      TrainingResult expected = uninterrupted.train();
      TrainingResult before = interrupted.trainUntil(interruptedAt);
      TrainingResult after = resumed.resume(part);

      assertThat(before.position().step()).isEqualTo(interruptedAt);
      assertThat(after.position().step()).isEqualTo(12);
      assertThat(after.weights()).isEqualTo(expected.weights());
      assertThat(after.totalSamples()).isEqualTo(expected.samples());
      assertThat(after.finalLoss()).isEqualTo(expected.finalLoss());
      Checkpoint one = Checkpoint.read(whole);
      Checkpoint other = Checkpoint.read(part);
      assertThat(other.coefficients()).isEqualTo(one.coefficients());
      assertThat(other.updaterState()).isEqualTo(one.updaterState());
      assertThat(other.position().bestLoss()).isEqualTo(one.position().bestLoss());
      assertThat(other.position().evaluationsSinceBest())
          .isEqualTo(one.position().evaluationsSinceBest());
    } finally {
      Files.delete(whole);
      Files.delete(part);
    }
  }

  /** Generated samples, as in a file that may be cut short. */
  private record Cut(BatchSource source, AtomicBoolean isCut) implements BatchSource {
    @Override
    public long samples() {
      return source.samples();
    }

    @Override
    public void read(long first, int count, Batch into) {
      source.read(first, count, into);
    }

    @Override
    public void requireWhole() {
      if (isCut.get()) {
        throw new DataException("cut");
      }
    }
  }

  @Test
  void nothing_is_told_of_steps_on_a_file_that_was_cut_short_meanwhile() throws Exception {
    AtomicBoolean isCut = new AtomicBoolean();
    BatchSource whole = new SyntheticBatches(1, InputRange.DEFAULT, 300);
    BatchSource cut = new Cut(whole, isCut);
    for (boolean ofTraining : new boolean[] {true, false}) {
      isCut.set(false);
      try (Trained trained = trained(steps(12))) {
        int[] asked = {0};
        Trainer trainer =
            new Trainer(
                trained.engine,
                GradientCheck.run(trained.engine.spec(), Form.SHORT, 1),
                trained.plan,
                ofTraining ? cut : whole,
                ofTraining ? whole : cut,
                trained,
                () -> {
                  isCut.set(asked[0]++ == 5);
                  return false;
                });

        assertThatThrownBy(() -> trainer.train(Position.START))
            .isInstanceOf(DataException.class)
            .hasMessage("cut");
        assertThat(trained.measurements).extracting(Measurement::step).containsExactly(2L, 3L, 4L);
        assertThat(trained.last).extracting(Position::step).containsExactly(0L);
        assertThat(trained.best).extracting(Position::step).allMatch(step -> step <= 3);
      }
    }
  }

  @Test
  void an_interruption_before_the_first_step_leaves_a_checkpoint() throws Exception {
    try (Trained trained = trained(steps(5))) {
      TrainingResult result = trained.trainUntil(0);

      assertThat(result.stopReason()).isEqualTo(StopReason.INTERRUPTED);
      assertThat(Checkpoint.read(file()).position().step()).isZero();
    }
  }

  @Test
  void training_ends_at_the_step_or_epoch_that_was_asked_for() throws Exception {
    try (Trained bySteps = trained(steps(7));
        Trained byEpochs = trained(new StopRule(2, 0, 0, 0))) {
      TrainingResult seven = bySteps.train();
      assertThat(seven.stopReason()).isEqualTo(StopReason.STEPS);
      assertThat(seven.position().step()).isEqualTo(7);
      assertThat(seven.samples()).isEqualTo(300 + 2 * 64);

      TrainingResult two = byEpochs.train();
      assertThat(two.stopReason()).isEqualTo(StopReason.EPOCHS);
      assertThat(two.position().step()).isEqualTo(10);
      assertThat(two.samples()).isEqualTo(600);
    }
  }

  @Test
  void training_ends_when_its_time_is_over() throws Exception {
    try (Trained trained = trained(new StopRule(0, 0, 0.2, 0))) {
      TrainingResult result = trained.train();

      assertThat(result.stopReason()).isEqualTo(StopReason.MAX_TIME);
      assertThat(result.secondsTraining()).isBetween(0.2, 10.0);
    }
  }

  @Test
  void measurements_come_when_they_are_due_and_say_what_was_measured() throws Exception {
    try (Trained trained = trained(steps(6))) {
      trained.train();

      assertThat(trained.measurements)
          .extracting(Measurement::step)
          .containsExactly(2L, 3L, 4L, 6L);
      assertThat(trained.measurements)
          .extracting(m -> Double.isNaN(m.loss()))
          .containsExactly(false, true, false, false);
      assertThat(trained.measurements)
          .extracting(m -> Double.isNaN(m.heldOutLoss()))
          .containsExactly(true, false, true, false);
      assertThat(trained.measurements)
          .extracting(Measurement::samples)
          .containsExactly(128L, 192L, 256L, 364L);
      assertThat(trained.measurements)
          .extracting(Measurement::epoch)
          .containsExactly(0L, 0L, 0L, 1L);
      assertThat(trained.measurements).allMatch(m -> m.samplesPerSecond() > 0);
    }
  }

  @Test
  void without_progress_patience_runs_out_and_the_best_state_is_the_first() throws Exception {
    // Steps of 1e-30 leave every float weight as it is, so no evaluation is better than the first.
    UpdaterConfig still = UpdaterConfig.sgd(1e-30);
    TrainingPlan plan = Trained.plan(Precision.FLOAT, SLICING, still, new StopRule(0, 1000, 0, 4));
    try (Trained trained = new Trained(plan, 1, file())) {
      TrainingResult result = trained.train();

      assertThat(result.stopReason()).isEqualTo(StopReason.PATIENCE);
      assertThat(result.position().step()).isEqualTo(3 + 4 * 3);
      assertThat(trained.best).extracting(Position::step).containsExactly(3L);
      assertThat(trained.last).extracting(Position::step).containsExactly(0L, 15L);
    }
  }

  @Test
  void the_best_state_is_kept_whenever_the_held_out_loss_falls_and_only_then() throws Exception {
    // So large a rate that the loss goes up and down.
    UpdaterConfig wild = new UpdaterConfig(UpdaterConfig.Kind.ADAM, 2, Schedule.CONSTANT);
    TrainingPlan plan = Trained.plan(Precision.DOUBLE, SLICING, wild, steps(60));
    try (Trained trained = new Trained(plan, 1, file())) {
      trained.train();

      double smallest = Double.POSITIVE_INFINITY;
      int rises = 0;
      for (Measurement m : trained.measurements) {
        if (!Double.isNaN(m.heldOutLoss())) {
          boolean better = m.heldOutLoss() < smallest;
          rises += better ? 0 : 1;
          smallest = Math.min(smallest, m.heldOutLoss());
          assertThat(trained.best.stream().anyMatch(p -> p.step() == m.step())).isEqualTo(better);
        }
      }
      assertThat(rises).isPositive();
      assertThat(trained.last.get(trained.last.size() - 1).bestLoss()).isEqualTo(smallest);
    }
  }

  @Test
  void when_the_last_worker_is_lost_all_steps_before_are_in_a_checkpoint() throws Exception {
    try (Trained trained = trained(steps(9))) {
      assertThatThrownBy(() -> withWorkersFor(4, trained, () -> false).train(Position.START))
          .isInstanceOf(WorkersLostException.class)
          .hasMessage("all gone");
      assertThat(Checkpoint.read(file()).position().step()).isEqualTo(4);
    }
  }

  @Test
  void workers_that_are_lost_by_an_interruption_end_the_run_as_one() throws Exception {
    try (Trained trained = trained(steps(9))) {
      int[] asked = {0};
      TrainingResult result =
          withWorkersFor(4, trained, () -> ++asked[0] > 5).train(Position.START);
      assertThat(result.stopReason()).isEqualTo(StopReason.INTERRUPTED);
      assertThat(Checkpoint.read(file()).position().step()).isEqualTo(4);
    }
  }

  /** A trainer whose engine takes so many steps. */
  private static Trainer withWorkersFor(int steps, Trained trained, BooleanSupplier interrupted)
      throws InterruptedException {
    Engine engine =
        (Engine)
            Proxy.newProxyInstance(
                Engine.class.getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("step")
                      && trained.engine.model().iteration() == steps) {
                    throw new WorkersLostException("all gone", null);
                  }
                  return method.invoke(trained.engine, arguments);
                });
    return new Trainer(
        engine,
        GradientCheck.run(engine.spec(), Form.SHORT, 1),
        trained.plan,
        new SyntheticBatches(1, InputRange.DEFAULT, 300),
        SyntheticBatches.heldOut(1, InputRange.DEFAULT, 100),
        trained,
        interrupted);
  }

  @Test
  void checkpoints_come_every_so_many_steps() throws Exception {
    TrainingPlan plan = Trained.plan(Precision.FLOAT, SLICING, Trained.ADAM, steps(11));
    TrainingPlan everyFour =
        new TrainingPlan(
            plan.topology(),
            plan.precision(),
            plan.seed(),
            plan.init(),
            plan.slicing(),
            plan.updater(),
            plan.stop(),
            3,
            2,
            Interval.parse("4"));
    try (Trained trained = new Trained(everyFour, 1, file())) {
      trained.train();

      assertThat(trained.last).extracting(Position::step).containsExactly(0L, 4L, 8L, 11L);
    }
  }

  @Test
  void a_loss_that_is_not_a_number_ends_training_and_spoils_no_checkpoint() throws Exception {
    try (Trained trained = trained(steps(100))) {
      Trainer trainer =
          trained.trainer(
              () -> {
                if (trained.measurements.size() == 3) {
                  trained.engine.model().setWeights(notNumbers(trained));
                }
                return false;
              });

      assertThatThrownBy(() -> trainer.train(Position.START))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("at step 6 the loss was NaN")
          .hasMessageContaining("the last good checkpoint was kept");
      assertThatTheCheckpointIsGood();
    }
  }

  @Test
  void weights_that_are_not_numbers_do_not_get_into_a_checkpoint_even_if_no_loss_was_measured()
      throws Exception {
    try (Trained trained = trained(steps(1))) {
      Trainer trainer =
          trained.trainer(
              () -> {
                trained.engine.model().setWeights(notNumbers(trained));
                return false;
              });

      assertThatThrownBy(() -> trainer.train(Position.START))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("a weight was not finite");
      assertThatTheCheckpointIsGood();
    }
  }

  @Test
  void a_rate_beyond_all_measure_diverges() throws Exception {
    UpdaterConfig hopeless = UpdaterConfig.sgd(1e300);
    TrainingPlan plan = Trained.plan(Precision.FLOAT, SLICING, hopeless, steps(100));
    try (Trained trained = new Trained(plan, 1, file())) {
      assertThatThrownBy(trained::train).isInstanceOf(DivergedException.class);
      Checkpoint.read(file()).restore(trained.engine.model());
      assertThat(trained.engine.model().weights().isFinite()).isTrue();
    }
  }

  private static Weights notNumbers(Trained trained) {
    return trained.engine.model().weights().map(w -> Double.NaN);
  }

  private void assertThatTheCheckpointIsGood() throws IOException {
    try (Trained fresh = trained(steps(5))) {
      Checkpoint.read(file()).restore(fresh.engine.model());
      assertThat(fresh.engine.model().weights().isFinite()).isTrue();
    }
  }

  @Test
  void a_plan_that_dl4j_cannot_count_is_refused() {
    Slicing onesies = new Slicing(3_000_000_000L, 1, 1);
    StopRule epochs = new StopRule(1, 0, 0, 0);

    assertThatThrownBy(() -> Trained.plan(Precision.FLOAT, onesies, Trained.ADAM, epochs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3000000000 steps")
        .hasMessageContaining("use a larger batch");
  }

  @Test
  void evaluations_and_measurements_have_steps_between_them() {
    TrainingPlan plan = Trained.plan(Precision.FLOAT, SLICING, Trained.ADAM, steps(5));

    for (int[] every : new int[][] {{0, 1}, {1, 0}, {-1, 1}}) {
      assertThatThrownBy(
              () ->
                  new TrainingPlan(
                      plan.topology(),
                      plan.precision(),
                      plan.seed(),
                      plan.init(),
                      plan.slicing(),
                      plan.updater(),
                      plan.stop(),
                      every[0],
                      every[1],
                      plan.checkpointEvery()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Trained trained(StopRule stop) {
    return new Trained(Trained.plan(Precision.FLOAT, SLICING, Trained.ADAM, stop), 1, file());
  }

  private Path file() {
    return folder.resolve("last.zip");
  }

  private static StopRule steps(long steps) {
    return new StopRule(0, steps, 0, 0);
  }
}
