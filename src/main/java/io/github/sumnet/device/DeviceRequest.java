package io.github.sumnet.device;

import java.util.Locale;

/** What the user asked for with {@code --device}. */
public enum DeviceRequest {
  /** CUDA where it can be used, the CPU where it cannot. */
  AUTO,
  CPU,
  /** CUDA or nothing: never falls back. */
  CUDA;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
