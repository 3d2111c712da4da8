package io.github.sumnet.train;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.ChunkReader;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.ErrorSum;

/**
 * How well the network does on samples.
 *
 * @param loss half mean squared error
 * @param meanLoss half mean squared error of the constant that does best, the targets' mean
 * @param largestError the largest |ŷ − y|
 * @param samples how many samples were predicted
 */
public record Evaluation(double loss, double meanLoss, double largestError, long samples) {
  private static final int CHUNK = 16_384;

  /** That are shared out at once. */
  private static final int CHUNKS = 64;

  /** Root mean squared error: of the whole squared error, without the ½. */
  public double rmse() {
    return Math.sqrt(2 * loss);
  }

  /** The same of the constant that does best. */
  public double meanRmse() {
    return Math.sqrt(2 * meanLoss);
  }

  /**
   * Whether the network explains less than a tenth of the targets' variance: the constant that does
   * best would do about as well.
   */
  public boolean isNoBetterThanMean() {
    return meanLoss > 0 && loss > 0.9 * meanLoss;
  }

  /** Predicts all samples of the source, chunk by chunk; sums in double. */
  public static Evaluation of(Engine engine, BatchSource source) throws InterruptedException {
    Slicing slicing = slicing(source);
    ChunkQueue chunks = new ChunkReader(source, slicing, 0, engine.spec().precision());
    ErrorSum sum = ErrorSum.NONE;
    try {
      for (long step = 0; step < slicing.stepsPerEpoch(); step++) {
        sum = sum.plus(engine.errors(chunks, slicing.chunks(step)));
      }
    } finally {
      source.requireWhole();
    }
    long samples = sum.samples();
    return new Evaluation(
        sum.squares() / (2 * samples),
        sum.squaredDistances() / (2 * samples),
        sum.largest(),
        samples);
  }

  /** A source's samples, shared out in steps that threads do together. */
  static Slicing slicing(BatchSource source) {
    return new Slicing(source.samples(), CHUNKS * CHUNK, CHUNK);
  }
}
