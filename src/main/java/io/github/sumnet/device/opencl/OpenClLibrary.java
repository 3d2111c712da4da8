package io.github.sumnet.device.opencl;

import java.io.OutputStream;
import java.io.PrintStream;
import org.lwjgl.opencl.CL;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.Library;
import org.lwjgl.system.Platform;

/** The loader, the library through which all OpenCL drivers of a machine are reached. */
final class OpenClLibrary {
  /** What a Linux distribution installs; the name without number comes with developers' files. */
  private static final String ON_LINUX = "libOpenCL.so.1";

  private OpenClLibrary() {}

  /**
   * The file name that it is looked for under; the system property org.lwjgl.opencl.libname names
   * another one.
   */
  static String name() {
    String named = Configuration.OPENCL_LIBRARY_NAME.get();
    if (named != null) {
      return named;
    }
    return switch (Platform.get()) {
      case WINDOWS -> "OpenCL.dll";
      case MACOSX -> "OpenCL.framework";
      default -> ON_LINUX;
    };
  }

  /**
   * Loads what stands between Java and it, once and for all in this JVM.
   *
   * @throws OpenClException if that cannot be done here
   */
  static synchronized void prepare() {
    if (Configuration.OPENCL_LIBRARY_NAME.get() == null && Platform.get() == Platform.LINUX) {
      Configuration.OPENCL_LIBRARY_NAME.set(ON_LINUX);
    }
    if (Configuration.DEBUG_STREAM.get() == null) {
      // Otherwise it prints advice for developers where there is no library.
      Configuration.DEBUG_STREAM.set(new PrintStream(OutputStream.nullOutputStream()));
    }
    try {
      Library.initialize();
    } catch (LinkageError missing) {
      throw new OpenClException(
          "LWJGL's own library could not be loaded (" + missing.getMessage() + ")", missing);
    }
  }

  /**
   * Loads it, once and for all in this JVM.
   *
   * @throws OpenClException if it is not there
   */
  static synchronized void load() {
    prepare();
    try {
      CL.getICD();
    } catch (LinkageError missing) {
      throw new OpenClException(name() + " could not be loaded", missing);
    }
  }
}
