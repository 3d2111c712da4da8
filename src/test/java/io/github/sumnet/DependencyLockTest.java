package io.github.sumnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is on the class path is what was written down in .mvn/checksums, which Maven 3.9 goes by
 * when it downloads; older ones do not know of it.
 */
class DependencyLockTest {
  private static final Path LOCK = Path.of(".mvn", "checksums", "checksums.sha256");

  /** Natives of other platforms than the one on which the checksums were written down. */
  private static final String OTHER_NATIVES = ".*-(linux-arm64|macosx-.*|windows-.*)\\.jar";

  @Test
  void every_jar_has_the_checksum_that_was_written_down() throws Exception {
    Map<String, String> locked = locked();
    List<Path> jars =
        Arrays.stream(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator, -1))
            .map(Path::of)
            .filter(jar -> jar.toString().endsWith(".jar"))
            .filter(jar -> !jar.toString().matches(OTHER_NATIVES))
            .toList();
    assertThat(jars).hasSizeGreaterThan(40);
    for (Path jar : jars) {
      String path = jar.toString().replace(File.separatorChar, '/');
      Optional<String> name = locked.keySet().stream().filter(path::endsWith).findFirst();
      assertThat(name).as(jar + " in " + LOCK + " (scripts/prove lock writes it)").isPresent();
      assertThat(sha256(jar)).as(path).isEqualTo(locked.get(name.orElseThrow()));
    }
  }

  /** Checksums by the paths of files in a repository. */
  private static Map<String, String> locked() throws IOException {
    try (Stream<String> lines = Files.lines(LOCK)) {
      return lines
          .map(line -> line.split(" +", 2))
          .collect(Collectors.toMap(words -> "/" + words[1], words -> words[0]));
    }
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
