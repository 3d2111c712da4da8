package io.github.sumnet.train.run;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.opencl.OpenClBuildException;
import io.github.sumnet.device.opencl.OpenClException;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.SpotCheckException;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.DivergedException;
import io.github.sumnet.train.Position;
import io.github.sumnet.train.RunSamples;
import io.github.sumnet.train.Trainer;
import io.github.sumnet.train.TrainingPlan;
import io.github.sumnet.train.TrainingResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One training run from the choice of the backend to its end, written down in its folder.
 *
 * @param form how thoroughly the gradients are checked
 * @param samples what is trained on, and what losses are measured on
 * @param savedPlan the plan as its checkpoints carry it
 * @param provenance where the run is made, as JSON
 * @param keep how many checkpoints to keep beside last and best
 * @param resumption what to go on from, or null
 * @param listener is told how it goes
 */
public record TrainingRun(
    TrainingPlan plan,
    EngineSpec engineSpec,
    Form form,
    RunSamples samples,
    Map<String, String> savedPlan,
    String provenance,
    int keep,
    Resumption resumption,
    RunFolder folder,
    RunListener listener) {
  private static final String BUILD_LOG = "opencl-build.log";

  /**
   * Checks the gradients and trains.
   *
   * @param interrupted asked before every step; true ends training with a checkpoint
   * @throws io.github.sumnet.gradcheck.NotCertifiedException if the check does not pass
   * @throws DeviceLostException if the device fails when there is a checkpoint to go on from
   * @throws OpenClException if it fails before
   */
  public RunResult execute(BooleanSupplier interrupted) throws IOException, InterruptedException {
    double beforeNd4j = secondsSinceStart();
    BackendBinding.bind(engineSpec.device());
    double secondsNd4j = secondsSinceStart() - beforeNd4j;
    try (Engine engine =
        Engine.create(engineSpec, plan.init().weights(plan.topology(), plan.seed()))) {
      Position from = resume(engine);
      double beforeCheck = secondsSinceStart();
      GradientReport check = GradientCheck.run(engineSpec, form, plan.seed());
      double secondsGradientCheck = secondsSinceStart() - beforeCheck;
      listener.checked(check);
      check.requirePass();
      StartupTimes startup =
          new StartupTimes(secondsSinceStart(), beforeNd4j, secondsNd4j, secondsGradientCheck);
      return new RunResult(train(engine, check, from, interrupted), check, startup);
    } catch (OpenClBuildException refused) {
      throw withLog(refused);
    } catch (OpenClException lost) {
      Resumption last = last();
      throw last == null
          ? lost
          : new DeviceLostException(lost, last.checkpoint().position().step());
    }
  }

  private Position resume(Engine engine) {
    if (resumption == null) {
      return Position.START;
    }
    resumption.checkpoint().restore(resumption.file(), engine.model(), plan.slicing());
    return resumption.checkpoint().position();
  }

  /** What a compiler said is too long for a message. */
  private OpenClException withLog(OpenClBuildException refused) throws IOException {
    folder.write(BUILD_LOG, refused.log());
    return new OpenClException(
        refused.getMessage()
            + ": what it said is in "
            + folder.path().resolve(BUILD_LOG)
            + "; update the device's driver",
        refused);
  }

  private Resumption last() {
    return Files.exists(folder.last())
        ? new Resumption(folder.last(), Checkpoint.read(folder.last()))
        : resumption;
  }

  private TrainingResult train(
      Engine engine, GradientReport check, Position from, BooleanSupplier interrupted)
      throws IOException, InterruptedException {
    try (Progress progress = listener.begins(from);
        RunRecorder recorder =
            new RunRecorder(folder, savedPlan, provenance, keep, engine, progress)) {
      return new Trainer(
              engine, check, plan, samples.training(), samples.heldOut(), recorder, interrupted)
          .train(from);
    } catch (DivergedException | SpotCheckException failure) {
      listener.failed(check, failure);
      throw failure;
    }
  }

  private static double secondsSinceStart() {
    long startMillis = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (System.currentTimeMillis() - startMillis) / 1e3;
  }
}
