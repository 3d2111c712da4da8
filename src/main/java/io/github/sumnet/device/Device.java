package io.github.sumnet.device;

import java.util.Locale;

/** Where ND4J computes in this JVM. */
public enum Device {
  CPU,
  CUDA;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
