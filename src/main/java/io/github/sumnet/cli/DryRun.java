package io.github.sumnet.cli;

import io.github.sumnet.data.Count;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.train.StopRule;
import io.github.sumnet.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what a training run would do. */
final class DryRun {
  private DryRun() {}

  /**
   * @param files where samples come from, null if they are generated
   */
  static String describe(
      TrainingPlan plan,
      EngineSpec engine,
      DeviceSelection device,
      DataFiles files,
      DataOptions data,
      Path out) {
    Slicing slicing = plan.slicing();
    return String.format(
        Locale.ROOT,
        """
        network   %s, sigmoid, no biases, %s, initial weights %s, seed %d
        engine    %s on %s%s, %s
        data      %s
        samples   %,d an epoch, in %s of %,d, computed in chunks of %,d
        updater   %s, learning rate %s, schedule %s
        end       %s
        run       a new folder in %s
        Nothing was computed or written.
        """,
        plan.topology(),
        plan.precision(),
        plan.init(),
        plan.seed(),
        engine.type(),
        engine.place(),
        device.device() == Device.CPU ? "" : " (" + device.reason() + ")",
        Count.of(engine.threads(), "thread"),
        files == null ? "generated" : described(files, data.shuffles()),
        slicing.samples(),
        Count.of(slicing.stepsPerEpoch(), "step"),
        slicing.batchSize(0),
        slicing.chunkSize(0, 0),
        plan.updater().kind(),
        plan.updater().learningRate(),
        plan.updater().schedule(),
        end(plan.stop()),
        out.resolve("train"));
  }

  private static String described(DataFiles files, boolean shuffled) {
    return String.format(
        Locale.ROOT,
        "%s, %s; %s of %s held out",
        files.data().file(),
        shuffled ? "shuffled in every epoch" : "in the order of its rows",
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
