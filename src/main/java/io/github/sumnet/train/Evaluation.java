package io.github.sumnet.train;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.engine.Engine;

/**
 * How well the network does on samples.
 *
 * @param loss half mean squared error
 * @param largestError the largest |ŷ − y|
 * @param samples how many samples were predicted
 */
public record Evaluation(double loss, double largestError, long samples) {
  private static final int CHUNK = 65_536;

  /** Root mean squared error: of the whole squared error, without the ½. */
  public double rmse() {
    return Math.sqrt(2 * loss);
  }

  /** Predicts all samples of the source, chunk by chunk; sums in double. */
  public static Evaluation of(Engine engine, BatchSource source) {
    long samples = source.samples();
    Batch batch = Batch.allocate(engine.spec().precision(), (int) Math.min(CHUNK, samples));
    double squares = 0;
    double largest = 0;
    for (long first = 0; first < samples; first += batch.size()) {
      source.read(first, (int) Math.min(batch.capacity(), samples - first), batch);
      double[] predictions = engine.predict(batch);
      for (int i = 0; i < predictions.length; i++) {
        double error = predictions[i] - batch.y(i);
        squares += error * error;
        largest = Math.max(largest, Math.abs(error));
      }
    }
    return new Evaluation(squares / (2 * samples), largest, samples);
  }
}
