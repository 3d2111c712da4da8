package io.github.sumnet.cli;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.device.DeviceUnavailableException;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.Form;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.SpotCheckException;
import io.github.sumnet.opencl.OpenClBuildException;
import io.github.sumnet.report.EventFile;
import io.github.sumnet.report.GradientReportJson;
import io.github.sumnet.report.MetricsCsv;
import io.github.sumnet.report.StartupTimes;
import io.github.sumnet.report.TrainingSummary;
import io.github.sumnet.train.DivergedException;
import io.github.sumnet.train.Position;
import io.github.sumnet.train.RunFolder;
import io.github.sumnet.train.Trainer;
import io.github.sumnet.train.TrainingPlan;
import io.github.sumnet.train.TrainingResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * One training run from the choice of the backend to the summary, written down in its folder.
 *
 * @param form how thoroughly the gradients are checked
 * @param samples what is trained on, and what losses are measured on
 * @param savedPlan the plan as its checkpoints carry it
 * @param provenance where the run is made, as JSON
 * @param keep how many checkpoints to keep beside last and best
 * @param resumption what to go on from, or null
 * @param onCheck is shown the passing gradient check before training starts
 * @param pictures draws a run that fails
 * @param progress makes what shows progress, given the first step
 */
record TrainingRun(
    TrainingPlan plan,
    EngineSpec engineSpec,
    Form form,
    DeviceSelection device,
    RunSamples samples,
    Map<String, String> savedPlan,
    String provenance,
    int keep,
    Resumption resumption,
    RunFolder folder,
    Consumer<GradientReport> onCheck,
    RunPictures pictures,
    LongFunction<Progress> progress) {
  private static final String BUILD_LOG = "opencl-build.log";

  /**
   * Checks the gradients and trains.
   *
   * @throws io.github.sumnet.gradcheck.GradientMismatchException if the check does not pass
   * @throws DeviceUnavailableException if the device does not compute
   */
  TrainingSummary execute(Interruption interruption) throws IOException, InterruptedException {
    try {
      return checkAndTrain(interruption);
    } catch (OpenClBuildException refused) {
      folder.write(BUILD_LOG, refused.log());
      throw new DeviceUnavailableException(
          refused.getMessage()
              + ": what it said is in "
              + folder.path().resolve(BUILD_LOG)
              + "; update the device's driver, or do without it: --device cpu",
          refused);
    }
  }

  private TrainingSummary checkAndTrain(Interruption interruption)
      throws IOException, InterruptedException {
    double beforeNd4j = secondsSinceStart();
    BackendBinding.bind(device.device());
    double secondsNd4j = secondsSinceStart() - beforeNd4j;
    try (Engine engine =
        Engine.create(engineSpec, plan.init().weights(plan.topology(), plan.seed()))) {
      Position from = resume(engine);
      double beforeCheck = secondsSinceStart();
      GradientReport check = GradientCheck.run(engineSpec, form, plan.seed());
      double secondsGradientCheck = secondsSinceStart() - beforeCheck;
      folder.write("gradient-check.json", GradientReportJson.of(check));
      check.requirePass();
      onCheck.accept(check);
      StartupTimes startup =
          new StartupTimes(secondsSinceStart(), beforeNd4j, secondsNd4j, secondsGradientCheck);
      TrainingResult result = trainOrDraw(engine, check, from, interruption);
      TrainingSummary summary =
          new TrainingSummary(
              result, check, device.reason(), folder.path(), folder.last(), startup);
      folder.write("summary.json", summary.toJson());
      return summary;
    }
  }

  private Position resume(Engine engine) {
    if (resumption == null) {
      return Position.START;
    }
    resumption.checkpoint().restore(resumption.file(), engine.model(), plan.slicing());
    return resumption.checkpoint().position();
  }

  private TrainingResult trainOrDraw(
      Engine engine, GradientReport check, Position from, Interruption interruption)
      throws IOException, InterruptedException {
    try {
      return train(engine, check, from, interruption);
    } catch (DivergedException | SpotCheckException failure) {
      pictures.drawFailed(check, failure);
      throw failure;
    }
  }

  private TrainingResult train(
      Engine engine, GradientReport check, Position from, Interruption interruption)
      throws IOException, InterruptedException {
    try (MetricsCsv metrics = new MetricsCsv(folder.path().resolve("metrics.csv"));
        EventFile events = new EventFile(folder.path(), Clock.systemUTC());
        Progress shown = progress.apply(from.step());
        RunRecorder recorder =
            new RunRecorder(folder, engine, savedPlan, provenance, keep, metrics, events, shown)) {
      return new Trainer(
              engine,
              check,
              plan,
              samples.training(),
              samples.heldOut(),
              recorder,
              interruption::isRequested)
          .train(from);
    }
  }

  private static double secondsSinceStart() {
    long startMillis = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (System.currentTimeMillis() - startMillis) / 1e3;
  }
}
