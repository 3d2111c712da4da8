package io.github.sumnet.report.run;

import io.github.sumnet.data.DataException;
import io.github.sumnet.data.file.DataFiles;
import io.github.sumnet.data.file.UnusableFileException;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.network.Weights;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.TrainingPlan;
import java.util.Optional;

/**
 * What a checkpoint holds.
 *
 * @param step how many steps it was trained
 * @param function what it predicts; empty if the samples that it was held against cannot be read
 * @param unread why not
 */
public record TrainedModel(
    long step, Weights weights, Optional<LearnedFunction> function, Optional<String> unread) {
  /**
   * Loads it, on the CPU.
   *
   * @throws DataException if it is not what its plan says
   */
  public static TrainedModel of(Checkpoint checkpoint) {
    BackendBinding.bind(Device.CPU);
    RunPlan plan = checkpoint.plan();
    TrainingPlan training = plan.training();
    Dl4jModel model = new Dl4jModel(training.topology(), training.precision(), training.updater());
    checkpoint.restore(model);
    Weights weights = model.weights();
    long step = checkpoint.position().step();
    try {
      LearnedFunction function =
          plan.files() == null
              ? LearnedFunction.onGrid(weights, checkpoint.inputs())
              : LearnedFunction.onSamples(weights, DataFiles.open(plan.files()).heldOutSamples());
      return new TrainedModel(step, weights, Optional.of(function), Optional.empty());
    } catch (DataException | UnusableFileException gone) {
      return new TrainedModel(step, weights, Optional.empty(), Optional.of(gone.getMessage()));
    }
  }
}
