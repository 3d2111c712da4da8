package io.github.sumnet.device;

/** Peak loops on plain numbers. */
final class ScalarPeakLoop implements PeakLoop {
  private static final int CHAINS = 8;

  /** Below 1, so that the sums settle. */
  private static final float FACTOR = 0.75f;

  @Override
  public int bits() {
    return 0;
  }

  @Override
  public long floatOperations() {
    return 2 * CHAINS;
  }

  @Override
  public long doubleOperations() {
    return 2 * CHAINS;
  }

  @Override
  public float floats(long rounds) {
    float a = 0;
    float b = 1;
    float c = 2;
    float d = 3;
    float e = 4;
    float f = 5;
    float g = 6;
    float h = 7;
    for (long i = 0; i < rounds; i++) {
      a = Math.fma(a, FACTOR, 1);
      b = Math.fma(b, FACTOR, 1);
      c = Math.fma(c, FACTOR, 1);
      d = Math.fma(d, FACTOR, 1);
      e = Math.fma(e, FACTOR, 1);
      f = Math.fma(f, FACTOR, 1);
      g = Math.fma(g, FACTOR, 1);
      h = Math.fma(h, FACTOR, 1);
    }
    return a + b + c + d + e + f + g + h;
  }

  @Override
  public double doubles(long rounds) {
    double a = 0;
    double b = 1;
    double c = 2;
    double d = 3;
    double e = 4;
    double f = 5;
    double g = 6;
    double h = 7;
    for (long i = 0; i < rounds; i++) {
      a = Math.fma(a, FACTOR, 1);
      b = Math.fma(b, FACTOR, 1);
      c = Math.fma(c, FACTOR, 1);
      d = Math.fma(d, FACTOR, 1);
      e = Math.fma(e, FACTOR, 1);
      f = Math.fma(f, FACTOR, 1);
      g = Math.fma(g, FACTOR, 1);
      h = Math.fma(h, FACTOR, 1);
    }
    return a + b + c + d + e + f + g + h;
  }

  @Override
  public float read(float[] values) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 4 <= values.length; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < values.length; i++) {
      a += values[i];
    }
    return a + b + c + d;
  }
}
