package io.github.sumnet.device.cuda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's driver, of which either half can be there without the other.
 *
 * @param library the user's half, libcuda.so.1
 * @param moduleVersion the kernel's half, such as 535.104.05; empty where the kernel does not say
 *     (Windows, WSL, no driver)
 */
public record CudaDriver(LibraryState library, Optional<String> moduleVersion) {
  /** The oldest release that runs CUDA 11.x. */
  public static final int OLDEST_RELEASE = 450;

  private static final Pattern VERSION = Pattern.compile("\\s(\\d{2,}\\.\\d+(?:\\.\\d+)?)\\s");

  /** Whether either half is there. */
  public boolean isThere() {
    return library.isThere() || moduleVersion.isPresent();
  }

  /** The version in the text of /proc/driver/nvidia/version. */
  static Optional<String> versionIn(String text) {
    return text.lines()
        .filter(line -> line.startsWith("NVRM version:"))
        .map(line -> VERSION.matcher(line + " "))
        .filter(Matcher::find)
        .map(match -> match.group(1))
        .findFirst();
  }

  /** Whether the kernel's half says that it is too old for CUDA 11. */
  public boolean isTooOld() {
    return moduleVersion
        .map(version -> Integer.parseInt(version.substring(0, version.indexOf('.'))))
        .filter(release -> release < OLDEST_RELEASE)
        .isPresent();
  }
}
