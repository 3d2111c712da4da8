package io.github.sumnet.device;

import java.util.Locale;

/** Where an engine computes. */
public enum Device {
  CPU,
  /** An NVIDIA GPU, through ND4J. */
  CUDA,
  /** Any GPU that has an OpenCL driver, or whatever else has one; ND4J is on the CPU meanwhile. */
  OPENCL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
