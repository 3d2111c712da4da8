package io.github.sumnet.train;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.engine.Engine;

/**
 * How well the network does on samples.
 *
 * @param loss half mean squared error
 * @param meanLoss half mean squared error of the constant that does best, the targets' mean
 * @param largestError the largest |ŷ − y|
 * @param samples how many samples were predicted
 */
public record Evaluation(double loss, double meanLoss, double largestError, long samples) {
  private static final int CHUNK = 65_536;

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
  public static Evaluation of(Engine engine, BatchSource source) {
    long samples = source.samples();
    Batch batch = Batch.allocate(engine.spec().precision(), (int) Math.min(CHUNK, samples));
    double squares = 0;
    double largest = 0;
    // Sums of distances from one of the targets: targets far from 0 and close together stay apart.
    double origin = Double.NaN;
    double distances = 0;
    double squaredDistances = 0;
    for (long first = 0; first < samples; first += batch.size()) {
      source.read(first, (int) Math.min(batch.capacity(), samples - first), batch);
      double[] predictions = engine.predict(batch);
      origin = first == 0 ? batch.y(0) : origin;
      for (int i = 0; i < predictions.length; i++) {
        double y = batch.y(i);
        double error = predictions[i] - y;
        squares += error * error;
        largest = Math.max(largest, Math.abs(error));
        distances += y - origin;
        squaredDistances += (y - origin) * (y - origin);
      }
    }
    double variance = squaredDistances / samples - Math.pow(distances / samples, 2);
    return new Evaluation(squares / (2 * samples), Math.max(0, variance) / 2, largest, samples);
  }
}
