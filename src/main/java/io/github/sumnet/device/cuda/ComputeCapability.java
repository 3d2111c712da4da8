package io.github.sumnet.device.cuda;

/** The generation of an NVIDIA GPU, such as 8.6. */
public record ComputeCapability(int major, int minor) {
  /** The generations that {@link #runsNd4j()} accepts, for messages. */
  public static final String SUPPORTED = "3.7 and 5.0 to 8.9";

  /**
   * Whether ND4J 1.0.0-M2.1's CUDA binaries hold code for it. They hold machine code for 3.7, 5.0,
   * 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6 and no PTX that a driver could translate for anything
   * newer. Machine code runs on later minor versions of the same major version.
   */
  public boolean runsNd4j() {
    return major == 3 ? minor >= 7 : major >= 5 && major <= 8;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
