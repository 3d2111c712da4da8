package io.github.sumnet.spark;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.file.DataFiles;
import io.github.sumnet.device.Device;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.RunSamples;
import java.io.Serializable;
import java.util.Map;

/**
 * What an executor must know of a training run.
 *
 * @param properties the run's plan, as checkpoints carry it
 */
record Job(Map<String, String> properties) implements Serializable {
  static Job of(RunPlan plan) {
    return new Job(plan.properties());
  }

  RunPlan plan() {
    return RunPlan.of(properties, Device.CPU);
  }

  /**
   * What the chunks of a plan are read from.
   *
   * @throws io.github.sumnet.data.DataException if files are not what the driver's are
   */
  static BatchSource samples(RunPlan plan) {
    return plan.files() == null
        ? RunSamples.generated(plan).training()
        : DataFiles.open(plan.files()).training(plan.training().seed());
  }
}
