package io.github.sumnet.device.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/** Asks the operating system's dynamic linker for a library, as ND4J's own binaries will. */
@FunctionalInterface
interface DynamicLinker {
  /** Where ND4J's CUDA binaries look besides the linker's own places (their RPATH). */
  List<Path> TOOLKIT_FOLDERS =
      List.of(
          Path.of("/usr/local/cuda-11.6/lib64"),
          Path.of("/usr/local/cuda-11.6/targets/x86_64-linux/lib"),
          Path.of("/usr/lib64"));

  /** Loads a library by its file name, such as libcuda.so.1, and says how that went. */
  LibraryState load(String fileName);

  /** The linker of this process, through JavaCPP, which ND4J loads anyway. */
  static DynamicLinker ofThisProcess() {
    return fileName ->
        Stream.concat(
                Stream.of(fileName),
                TOOLKIT_FOLDERS.stream()
                    .map(folder -> folder.resolve(fileName))
                    .filter(Files::exists)
                    .map(Path::toString))
            .map(DynamicLinker::open)
            .reduce((first, next) -> first.isThere() ? first : next)
            .orElseThrow();
  }

  private static LibraryState open(String file) {
    try {
      Loader.loadGlobal(file);
      return LibraryState.LOADABLE;
    } catch (UnsatisfiedLinkError notLoaded) {
      return LibraryState.missing(String.valueOf(notLoaded.getMessage()));
    }
  }
}
