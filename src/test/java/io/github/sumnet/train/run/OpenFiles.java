package io.github.sumnet.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process has open; on Linux. */
final class OpenFiles {
  private OpenFiles() {}

  static Stream<Path> now() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.toList().stream().flatMap(OpenFiles::target);
    }
  }

  private static Stream<Path> target(Path file) {
    try {
      return Stream.of(Files.readSymbolicLink(file));
    } catch (IOException closedSince) {
      return Stream.empty();
    }
  }
}
