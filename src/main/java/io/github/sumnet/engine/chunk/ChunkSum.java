package io.github.sumnet.engine.chunk;

/**
 * What one or more chunks add up to.
 *
 * @param gradient the sum of the samples' gradients
 * @param loss the sum of their losses; NaN if it was not wanted
 * @param samples how many there are
 */
public record ChunkSum(GradientSum gradient, double loss, int samples) {
  /** A copy whose gradient can be changed independently. */
  ChunkSum copy() {
    return new ChunkSum(gradient.copy(), loss, samples);
  }

  /** The sum of both; this one's gradient becomes that of the sum. */
  ChunkSum plus(ChunkSum other) {
    gradient.add(other.gradient);
    return new ChunkSum(gradient, loss + other.loss, samples + other.samples);
  }
}
