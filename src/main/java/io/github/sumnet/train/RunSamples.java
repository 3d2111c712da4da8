package io.github.sumnet.train;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.file.DataFiles;
import java.nio.file.Path;

/**
 * What a run trains on, and what its losses are measured on.
 *
 * @param training an epoch of it
 * @param heldOut what is never trained on
 * @param inputs where the inputs lie that are trained on
 * @param files where the samples are stored; null if they are generated
 */
public record RunSamples(
    BatchSource training, BatchSource heldOut, InputBounds inputs, DataFiles files) {
  /** Generated samples. */
  public static RunSamples generated(RunPlan plan) {
    long seed = plan.training().seed();
    InputRange range = plan.inputRange();
    return new RunSamples(
        new SyntheticBatches(seed, range, plan.training().slicing().samples()),
        SyntheticBatches.heldOut(seed, range, DataFiles.MOST_HELD_OUT),
        InputBounds.of(range),
        null);
  }

  /**
   * Samples of files.
   *
   * @param checked what was found when all of them were read
   * @param seed what the orders of the epochs are drawn from
   */
  public static RunSamples stored(DataFiles files, DataFiles.Checked checked, long seed) {
    return new RunSamples(
        files.training(seed), files.heldOutSamples(), checked.training().inputs(), files);
  }

  /** The file that is trained on; null if the samples are generated. */
  public Path file() {
    return files == null ? null : files.data().file();
  }
}
