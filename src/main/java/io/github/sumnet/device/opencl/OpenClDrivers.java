package io.github.sumnet.device.opencl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencl.Pfn_notify_BytePointer_Pointer_long_Pointer;

/**
 * Names the vendors' drivers to the loader where nothing else does. NVIDIA's container toolkit, for
 * one, brings a driver's library into a container, but not the file that names it to loaders.
 */
final class OpenClDrivers {
  /** Where the loader is told of libraries, in the environment, at its first call. */
  private static final String LIBRARIES = "OCL_ICD_FILENAMES";

  /** Where it is told of the folder with the files that name libraries. */
  private static final String FOLDER = "OCL_ICD_VENDORS";

  private static final String USUAL_FOLDER = "/etc/OpenCL/vendors";

  /** NVIDIA's, AMD's and Intel's; the loader passes over those that there are none of. */
  private static final List<String> VENDORS =
      List.of("libnvidia-opencl.so.1", "libamdocl64.so", "libigdrcl.so");

  /** Where Kubernetes' plugins for NVIDIA's cards put the driver. */
  private static final String KUBERNETES_FOLDER = "/usr/local/nvidia/lib64/";

  private static boolean named;

  private OpenClDrivers() {}

  /** Does so once, between loading the loader and its first call. */
  static synchronized void nameToLoader() {
    if (named || !Loader.getPlatform().startsWith("linux") || someoneNamesThem()) {
      return;
    }
    named = true;
    setEnvironment(
        LIBRARIES,
        VENDORS.stream()
            .flatMap(name -> Stream.of(name, KUBERNETES_FOLDER + name))
            .collect(Collectors.joining(":")));
  }

  private static boolean someoneNamesThem() {
    if (System.getenv(LIBRARIES) != null) {
      return true;
    }
    Path folder = Path.of(Optional.ofNullable(System.getenv(FOLDER)).orElse(USUAL_FOLDER));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.icd")) {
      return files.iterator().hasNext();
    } catch (IOException none) {
      return false;
    }
  }

  /**
   * Java cannot change its own environment, and no library here has a binding for setenv. Its
   * address is called through a pointer to a function of (text, pointer, size, pointer): arguments
   * are in registers on all Linux machines that there are natives for, and the last goes unread.
   */
  private static void setEnvironment(String name, String value) {
    try (BytePointer nameText = new BytePointer(name);
        BytePointer valueText = new BytePointer(value);
        // JavaCPP's pointers to functions point to a pair: the address, and an object of Java's.
        PointerPointer<Pointer> function = new PointerPointer<>(2)) {
      function.put(0, Loader.addressof("setenv"));
      new Pfn_notify_BytePointer_Pointer_long_Pointer(function).call(nameText, valueText, 1, null);
    }
  }

  /** Links lead to files whose names go on with the driver's version. */
  private static boolean isVendors(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return VENDORS.stream().anyMatch(each -> name.startsWith(each.replaceFirst("\\.1$", "")));
  }

  /** The files of the vendors' libraries that the loader has loaded because of this. */
  static synchronized List<String> found() {
    if (!named) {
      return List.of();
    }
    try (Stream<String> memory = Files.lines(Path.of("/proc/self/maps"))) {
      return memory
          .filter(line -> line.contains("/"))
          .map(line -> line.substring(line.indexOf('/')))
          .filter(OpenClDrivers::isVendors)
          .distinct()
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
