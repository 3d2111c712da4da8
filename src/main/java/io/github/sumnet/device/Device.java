package io.github.sumnet.device;

import java.util.Locale;

/** Where an engine computes. */
public enum Device {
  CPU,
  /** An NVIDIA GPU, through ND4J. */
  CUDA,
  /** A GPU or another device that has an OpenCL driver; ND4J is bound to the CPU. */
  OPENCL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
