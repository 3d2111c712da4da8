package io.github.sumnet.data;

/**
 * How samples are cut into steps and chunks. A step takes the next batch of the epoch; the last one
 * of an epoch may be smaller. A batch is computed chunk by chunk.
 *
 * <p>Everything follows from the step's number, so a run's position in the data is one number.
 *
 * @param samples how many samples an epoch has, at least 1
 * @param batchSize samples per step, at least 1
 * @param chunkSize samples that are computed together, at least 1
 */
public record Slicing(long samples, int batchSize, int chunkSize) {
  /** The chunk on a CPU unless another is asked for: what still fits a core's caches. */
  public static final int CPU_CHUNK = 65_536;

  /** The chunk of the fused engine: small enough for all threads to have a share of a batch. */
  public static final int FUSED_CHUNK = 8_192;

  public Slicing {
    if (samples < 1 || batchSize < 1 || chunkSize < 1) {
      throw new IllegalArgumentException(
          "samples, batch size and chunk size must be at least 1, not %s, %s, %s"
              .formatted(samples, batchSize, chunkSize));
    }
  }

  /** How many steps make an epoch. */
  public long stepsPerEpoch() {
    return (samples - 1) / batchSize + 1;
  }

  /** The epoch, from 0, that a step belongs to. */
  public long epoch(long step) {
    return step / stepsPerEpoch();
  }

  /** How many samples all steps before this one took. */
  public long samplesBefore(long step) {
    return epoch(step) * samples + firstSample(step);
  }

  /** The index of a step's first sample in its epoch. */
  public long firstSample(long step) {
    return (step % stepsPerEpoch()) * batchSize;
  }

  /** How many samples a step takes. */
  public int batchSize(long step) {
    return (int) Math.min(batchSize, samples - firstSample(step));
  }

  /** How many chunks a step has. */
  public int chunks(long step) {
    return (batchSize(step) - 1) / chunkSize + 1;
  }

  /** How many samples a chunk of a step has. */
  public int chunkSize(long step, int chunk) {
    return Math.min(chunkSize, batchSize(step) - chunk * chunkSize);
  }

  /** The largest chunk that any step has. */
  public int largestChunk() {
    return (int) Math.min(chunkSize, Math.min(batchSize, samples));
  }
}
