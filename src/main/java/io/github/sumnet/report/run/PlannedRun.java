package io.github.sumnet.report.run;

import io.github.sumnet.data.Count;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.file.DataFiles;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import io.github.sumnet.train.Init;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.StopRule;
import io.github.sumnet.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a training run would do.
 *
 * @param master the cluster that computes the steps, null if this machine does
 * @param files where samples come from, null if they are generated
 * @param out the folder that runs are written to
 */
public record PlannedRun(
    RunPlan run,
    EngineSpec engine,
    DeviceSelection device,
    String master,
    DataFiles files,
    Path out)
    implements Report {
  @Override
  public String title() {
    return "Training run as planned";
  }

  @Override
  public Document document() {
    Slicing slicing = plan().slicing();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(
        "network",
        "%s, sigmoid, no biases, %s, initial weights %s, seed %d"
            .formatted(plan().topology(), plan().precision(), plan().init(), plan().seed()));
    facts.put(
        "engine",
        "%s on %s%s, %s"
            .formatted(
                engine.type(),
                engine.place(),
                device.device() == Device.CPU ? "" : " (" + device.reason() + ")",
                Count.of(engine.threads(), "thread")));
    if (master != null) {
      facts.put("steps", "computed by Apache Spark, " + master);
    }
    facts.put("data", files == null ? "generated" : described(files));
    facts.put(
        "samples",
        "%s an epoch, in %s of %s, computed in chunks of %s"
            .formatted(
                Count.of(slicing.samples()),
                Count.of(slicing.stepsPerEpoch(), "step"),
                Count.of(slicing.batchSize(0)),
                Count.of(slicing.chunkSize(0, 0))));
    facts.put(
        "updater",
        "%s, learning rate %s, schedule %s"
            .formatted(
                plan().updater().kind(),
                plan().updater().learningRate(),
                plan().updater().schedule()));
    facts.put("end", end(plan().stop()));
    facts.put("run", "a new folder in " + runs());
    return new Document(
        "",
        "",
        List.of(new Block.Facts("", facts), new Block.Text("Nothing was computed or written.")));
  }

  private record Plan(
      String network,
      Precision precision,
      Init initialWeights,
      long seed,
      EngineType engine,
      String device,
      String deviceReason,
      int threads,
      String master,
      Path data,
      long samplesPerEpoch,
      long stepsPerEpoch,
      int batchSize,
      int chunkSize,
      UpdaterConfig.Kind updater,
      double learningRate,
      String schedule,
      StopRule end,
      Path runs) {}

  @Override
  public Object json() {
    Slicing slicing = plan().slicing();
    return new Plan(
        plan().topology().toString(),
        plan().precision(),
        plan().init(),
        plan().seed(),
        engine.type(),
        engine.place(),
        device.reason(),
        engine.threads(),
        master,
        files == null ? null : files.data().file(),
        slicing.samples(),
        slicing.stepsPerEpoch(),
        slicing.batchSize(0),
        slicing.chunkSize(0, 0),
        plan().updater().kind(),
        plan().updater().learningRate(),
        plan().updater().schedule().toString(),
        plan().stop(),
        runs());
  }

  private TrainingPlan plan() {
    return run.training();
  }

  private Path runs() {
    return out.resolve("train");
  }

  private static String described(DataFiles files) {
    return String.format(
        Locale.ROOT,
        "%s, %s; %s of %s held out",
        files.data().file(),
        files.chosen().shuffle() ? "shuffled in every epoch" : "in the order of its rows",
        Count.of(files.heldOutRows(), "sample"),
        files.heldOut() == files.data() ? "it" : files.heldOut().file());
  }

  private static String end(StopRule stop) {
    List<String> limits = new ArrayList<>();
    if (stop.epochs() > 0) {
      limits.add(Count.of(stop.epochs(), "epoch"));
    }
    if (stop.steps() > 0) {
      limits.add(Count.of(stop.steps(), "step"));
    }
    if (stop.seconds() > 0) {
      limits.add(stop.seconds() + " s of training");
    }
    if (stop.patience() > 0) {
      limits.add(Count.of(stop.patience(), "evaluation") + " without a better loss");
    }
    return "after " + String.join(" or ", limits);
  }
}
