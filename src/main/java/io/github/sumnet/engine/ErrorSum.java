package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;

/**
 * How far a network's outputs are from the targets of some samples, and the targets from their
 * mean, in double.
 *
 * @param samples how many there are
 * @param squares the sum of the squared errors; of a batch, of every fourth one from the first on,
 *     from the second on and so on, and then of these four, which the processor adds side by side
 * @param largest the largest |ŷ − y|; NaN if an output is
 * @param mean the targets' mean
 * @param squaredDistances the sum of the targets' squared distances from it
 */
public record ErrorSum(
    long samples, double squares, double largest, double mean, double squaredDistances) {
  /** Of no samples. */
  public static final ErrorSum NONE = new ErrorSum(0, 0, 0, 0, 0);

  /**
   * The errors on a batch of at least one sample.
   *
   * @param predictions ŷ of its samples
   */
  public static ErrorSum of(Batch batch, double[] predictions) {
    double[] squares = new double[4];
    double largest = 0;
    // From one of the targets: targets far from 0 and close together stay apart.
    double origin = batch.y(0);
    double distances = 0;
    double squaredDistances = 0;
    for (int i = 0; i < predictions.length; i++) {
      double y = batch.y(i);
      double error = predictions[i] - y;
      squares[i % 4] += error * error;
      largest = Math.max(largest, Math.abs(error));
      distances += y - origin;
      squaredDistances += (y - origin) * (y - origin);
    }
    double mean = distances / predictions.length;
    return new ErrorSum(
        predictions.length,
        squares[0] + squares[1] + (squares[2] + squares[3]),
        largest,
        origin + mean,
        Math.max(0, squaredDistances - mean * distances));
  }

  /** The errors on these samples and others. */
  public ErrorSum plus(ErrorSum other) {
    if (samples == 0) {
      return other;
    }
    long all = samples + other.samples;
    double apart = other.mean - mean;
    double share = (double) other.samples / all;
    return new ErrorSum(
        all,
        squares + other.squares,
        Math.max(largest, other.largest),
        mean + apart * share,
        squaredDistances + other.squaredDistances + apart * apart * samples * share);
  }
}
