package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine's C compiler; tests that need one are skipped where there is none. */
final class CCompiler {
  private CCompiler() {}

  /** Makes a shared library of a source. */
  static void makeLibrary(Path library, Path source, String... options)
      throws InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString()));
    command.addAll(List.of(options));
    try {
      assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    } catch (IOException noCompiler) {
      abort("no C compiler (cc) is here: " + noCompiler.getMessage());
    }
  }
}
