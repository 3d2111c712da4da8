package io.github.sumnet.report.run;

import io.github.sumnet.data.BatchSource;
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
import java.util.function.Consumer;

/**
 * What a checkpoint holds.
 *
 * @param step how many steps it was trained
 * @param function what it predicts; empty if the samples that it was held against are gone
 */
public record TrainedModel(long step, Weights weights, Optional<LearnedFunction> function) {
  /**
   * Loads it, on the CPU.
   *
   * @param warn is told if its samples cannot be read any more
   * @throws io.github.sumnet.train.CheckpointException if it is not what its plan says
   */
  public static TrainedModel of(Checkpoint checkpoint, Consumer<String> warn) {
    BackendBinding.bind(Device.CPU);
    TrainingPlan training = checkpoint.plan().training();
    Dl4jModel model = new Dl4jModel(training.topology(), training.precision(), training.updater());
    checkpoint.restore(model);
    Weights weights = model.weights();
    return new TrainedModel(
        checkpoint.position().step(), weights, function(checkpoint, weights, warn));
  }

  private static Optional<LearnedFunction> function(
      Checkpoint checkpoint, Weights weights, Consumer<String> warn) {
    RunPlan plan = checkpoint.plan();
    if (plan.files() == null) {
      return Optional.of(LearnedFunction.onGrid(weights, checkpoint.inputs()));
    }
    try {
      BatchSource heldOut = DataFiles.open(plan.files()).heldOutSamples();
      return Optional.of(LearnedFunction.onSamples(weights, heldOut));
    } catch (DataException | UnusableFileException gone) {
      warn.accept("what it learned is left out of the report: " + gone.getMessage());
      return Optional.empty();
    }
  }
}
