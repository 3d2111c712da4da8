package io.github.sumnet.device.opencl;

import java.util.List;
import java.util.Optional;

/**
 * What there is of OpenCL on this machine, without any judgement.
 *
 * @param library the file name that the loader was looked for under
 * @param loader whether it was found; also true where nobody could look for it
 * @param platforms the drivers' names, in the loader's order
 * @param devices all platforms' devices
 * @param failure what went wrong while asking, empty when nothing did
 */
public record OpenClFacts(
    String library,
    boolean loader,
    List<String> platforms,
    List<OpenClDevice> devices,
    Optional<String> failure) {
  public OpenClFacts {
    platforms = List.copyOf(platforms);
    devices = List.copyOf(devices);
  }

  /** Asks this machine. Never throws. */
  public static OpenClFacts ofThisMachine() {
    return OpenClProbe.facts();
  }
}
