package io.github.sumnet.train.run;

import io.github.sumnet.data.DataException;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClBuildException;
import io.github.sumnet.device.opencl.OpenClException;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.Position;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.RunSamples;
import io.github.sumnet.train.Trainer;
import io.github.sumnet.train.TrainingPlan;
import io.github.sumnet.train.TrainingResult;
import io.github.sumnet.train.WorkersLostException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * One training run from the choice of the backend to its end, written down in its folder.
 *
 * @param form how thoroughly the gradients are checked
 * @param samples what is trained on, and what losses are measured on
 * @param provenance where the run is made, as JSON
 * @param from what to go on from, or null
 * @param listener is told how it goes
 * @param placement leaves an engine's steps to it, or has others compute them
 */
public record TrainingRun(
    RunPlan plan,
    EngineSpec engineSpec,
    Form form,
    RunSamples samples,
    String provenance,
    Checkpoint from,
    RunFolder folder,
    RunListener listener,
    UnaryOperator<Engine> placement) {
  private static final String BUILD_LOG = "opencl-build.log";

  /**
   * Checks the gradients and trains.
   *
   * @param interrupted asked before every step; true ends training with a checkpoint
   * @throws io.github.sumnet.gradcheck.NotCertifiedException if the check does not pass
   * @throws io.github.sumnet.data.DataException if a file of samples is cut short meanwhile
   * @throws DeviceLostException if the device fails, or the last worker does, when there is a
   *     checkpoint to go on from
   * @throws OpenClException if it fails before
   */
  public RunResult execute(BooleanSupplier interrupted) throws IOException, InterruptedException {
    try {
      return checkAndTrain(interrupted);
    } catch (IOException | RuntimeException | Error failure) {
      Optional<DataException> cut =
          Optional.ofNullable(samples.files()).flatMap(files -> files.ifCutShort(failure));
      if (cut.isPresent()) {
        throw writtenDown(cut.get());
      }
      writtenDown(failure);
      throw failure;
    }
  }

  /** A failure, of which whoever looks at the run later hears as well. */
  private <T extends Throwable> T writtenDown(T failure) {
    try {
      folder.write(RunFolder.FAILURE, FileFailure.deepReason(failure) + "\n");
    } catch (IOException | RuntimeException unwritten) {
      failure.addSuppressed(unwritten);
    }
    return failure;
  }

  private RunResult checkAndTrain(BooleanSupplier interrupted)
      throws IOException, InterruptedException {
    TrainingPlan training = plan.training();
    GradientCheck gradientCheck = GradientCheck.begin(engineSpec, form, training.seed());
    double beforeNd4j = secondsSinceStart();
    BackendBinding.bind(engineSpec.device());
    double secondsNd4j = secondsSinceStart() - beforeNd4j;
    try (Engine engine =
        placement.apply(
            Engine.create(
                engineSpec, training.init().weights(training.topology(), training.seed())))) {
      if (from != null) {
        from.restore(engine.model());
      }
      // A GPU of CUDA's belongs to the thread that trains.
      CompletableFuture<Dl4jModel> forBest =
          engineSpec.device() == Device.CUDA
              ? CompletableFuture.completedFuture(null)
              : CompletableFuture.supplyAsync(this::modelForBest).exceptionally(failed -> null);
      double beforeCheck = secondsSinceStart();
      GradientReport check;
      try {
        check = gradientCheck.finish();
      } finally {
        forBest.join();
      }
      double secondsGradientCheck = secondsSinceStart() - beforeCheck;
      listener.checked(check);
      check.requirePass();
      StartupTimes startup =
          new StartupTimes(secondsSinceStart(), beforeNd4j, secondsNd4j, secondsGradientCheck);
      Dl4jModel made = forBest.join();
      Dl4jModel best = made == null ? engine.model().copy() : made;
      return new RunResult(train(engine, best, check, interrupted), check, startup);
    } catch (OpenClBuildException refused) {
      throw withLog(refused);
    } catch (OpenClException | WorkersLostException lost) {
      Checkpoint last = Files.exists(folder.last()) ? Checkpoint.read(folder.last()) : from;
      throw last == null ? lost : new DeviceLostException(lost, last.position().step());
    }
  }

  /**
   * A model that is written once to nowhere: the first time takes 0.2 s, most of which loads
   * classes, and beside the check that costs less.
   */
  private Dl4jModel modelForBest() {
    TrainingPlan training = plan.training();
    Dl4jModel model = new Dl4jModel(training.topology(), training.precision(), training.updater());
    try {
      model.write(OutputStream.nullOutputStream());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return model;
  }

  /** What a compiler said is too long for a message. */
  private OpenClException withLog(OpenClBuildException refused) throws IOException {
    folder.write(BUILD_LOG, refused.log());
    return new OpenClException(
        "%s: what it said is in %s; update the device's driver"
            .formatted(refused.getMessage(), folder.path().resolve(BUILD_LOG)),
        refused);
  }

  private TrainingResult train(
      Engine engine, Dl4jModel best, GradientReport check, BooleanSupplier interrupted)
      throws IOException, InterruptedException {
    Position begin = from == null ? Position.START : from.position();
    try (Progress progress = listener.begins(begin);
        RunRecorder recorder =
            new RunRecorder(folder, plan, samples.inputs(), provenance, engine, best, progress)) {
      return new Trainer(
              engine,
              check,
              plan.training(),
              samples.training(),
              samples.heldOut(),
              recorder,
              interrupted)
          .train(begin);
    }
  }

  private static double secondsSinceStart() {
    long startMillis = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (System.currentTimeMillis() - startMillis) / 1e3;
  }
}
