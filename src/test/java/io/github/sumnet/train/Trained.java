package io.github.sumnet.train;

import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Real training on a small scale: an engine, what it is trained on, and what was heard of it. */
final class Trained implements TrainingListener, AutoCloseable {
  static final InputBounds INPUTS = new InputBounds(0, 0.25, -0.125, 0.5);
  static final UpdaterConfig ADAM =
      new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.05, Schedule.CONSTANT);

  final Engine engine;
  final TrainingPlan plan;
  final Path file;
  final List<Measurement> measurements = new ArrayList<>();
  final List<Position> best = new ArrayList<>();
  final List<Position> last = new ArrayList<>();

  /** Keeps its last checkpoint in the file. */
  Trained(TrainingPlan plan, int threads, Path file) {
    BackendBinding.bind(Device.CPU);
    this.plan = plan;
    this.file = file;
    EngineSpec spec =
        new EngineSpec(
            EngineType.DL4J,
            Device.CPU,
            plan.precision(),
            plan.topology(),
            plan.updater(),
            threads);
    engine = Engine.create(spec, plan.init().weights(plan.topology(), plan.seed()));
  }

  /** A plan with an evaluation every third and a measurement every second step. */
  static TrainingPlan plan(
      Precision precision, Slicing slicing, UpdaterConfig updater, StopRule stop) {
    return new TrainingPlan(
        Topology.DEFAULT,
        precision,
        1,
        Init.WORKED_EXAMPLE,
        slicing,
        updater,
        stop,
        3,
        2,
        Interval.parse("1h"));
  }

  /** A run of it on generated samples. */
  static RunPlan run(TrainingPlan plan) {
    return new RunPlan(EngineType.DL4J, plan, InputRange.DEFAULT, null, 0);
  }

  Trainer trainer(BooleanSupplier interrupted) throws InterruptedException {
    return new Trainer(
        engine,
        GradientCheck.run(engine.spec(), Form.SHORT, plan.seed()),
        plan,
        new SyntheticBatches(plan.seed(), InputRange.DEFAULT, plan.slicing().samples()),
        SyntheticBatches.heldOut(plan.seed(), InputRange.DEFAULT, 100),
        this,
        interrupted);
  }

  TrainingResult train() throws InterruptedException {
    return trainer(() -> false).train(Position.START);
  }

  /** Trains until it has taken so many steps and is interrupted. */
  TrainingResult trainUntil(long step) throws InterruptedException {
    long[] asked = {0};
    return trainer(() -> asked[0]++ == step).train(Position.START);
  }

  /** Goes on from another one's last checkpoint. */
  TrainingResult resume(Path checkpoint) throws InterruptedException {
    Checkpoint read = Checkpoint.read(checkpoint);
    read.restore(engine.model());
    return trainer(() -> false).train(read.position());
  }

  @Override
  public void measured(Measurement measurement) {
    measurements.add(measurement);
  }

  @Override
  public void checkpoint(Position position, boolean isBest) {
    if (isBest) {
      best.add(position);
      return;
    }
    last.add(position);
    try {
      Checkpoint.write(file, engine.model(), run(plan), position, INPUTS, "{}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
