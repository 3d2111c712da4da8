package io.github.sumnet.device.opencl;

import java.util.List;
import java.util.Optional;

/**
 * What there is of OpenCL on this machine, without any judgement.
 *
 * @param library the loader's file name
 * @param loader whether it could be loaded
 * @param found drivers' libraries that nothing on the machine names to the loader, so that sumnet
 *     did
 * @param platforms the drivers' names, in the loader's order
 * @param devices all platforms' devices
 * @param failure what went wrong while asking, empty when nothing did
 */
public record OpenClFacts(
    String library,
    boolean loader,
    List<String> found,
    List<String> platforms,
    List<OpenClDevice> devices,
    Optional<String> failure) {
  public OpenClFacts {
    found = List.copyOf(found);
    platforms = List.copyOf(platforms);
    devices = List.copyOf(devices);
  }

  /** Asks this machine. Never throws. */
  public static OpenClFacts ofThisMachine() {
    return OpenClProbe.facts();
  }
}
