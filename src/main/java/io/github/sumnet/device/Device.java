package io.github.sumnet.device;

import java.util.Locale;

/** What an engine computes on. */
public enum Device {
  CPU,
  CUDA;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
