package io.github.sumnet.train;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.SyntheticBatches;
import java.nio.file.Path;

/**
 * What a run trains on, and what its losses are measured on.
 *
 * @param training an epoch of it
 * @param heldOut what is never trained on
 * @param inputs where the inputs lie that are trained on
 * @param file where the samples are stored; null if they are generated
 */
public record RunSamples(BatchSource training, BatchSource heldOut, InputBounds inputs, Path file) {
  /** Held-out samples that losses are measured on: the most that is taken by itself. */
  public static final int HELD_OUT_SAMPLES = 65_536;

  /** Generated samples. */
  public static RunSamples generated(long seed, InputRange range, long samples) {
    return new RunSamples(
        new SyntheticBatches(seed, range, samples),
        SyntheticBatches.heldOut(seed, range, HELD_OUT_SAMPLES),
        InputBounds.of(range),
        null);
  }
}
