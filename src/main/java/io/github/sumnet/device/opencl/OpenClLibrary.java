package io.github.sumnet.device.opencl;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencl.global.OpenCL;

/**
 * The loader, the library through which all OpenCL drivers of a machine are reached. It comes
 * along: Khronos' own is in the class path's natives, and JavaCPP unpacks it where it unpacks
 * ND4J's.
 */
final class OpenClLibrary {
  /** The name that messages have for it. */
  static final String NAME = Loader.getPlatform().startsWith("linux") ? "libOpenCL.so.1" : "OpenCL";

  private OpenClLibrary() {}

  /**
   * Loads it, once and for all in this JVM.
   *
   * @throws OpenClException if that cannot be done here
   */
  static synchronized void load() {
    try {
      Loader.load(OpenCL.class);
    } catch (LinkageError missing) {
      throw new OpenClException(NAME + " could not be loaded: " + missing.getMessage(), missing);
    }
    OpenClDrivers.nameToLoader();
  }
}
