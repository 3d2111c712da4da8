package io.github.sumnet.data.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  /** A device on which every write fails as on a full disk. */
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  @Test
  void an_older_file_is_replaced_and_nothing_else_is_left() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "much longer than the new one");

    AtomicFile.write(file, "new".getBytes(UTF_8));

    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryContaining("glob:**/a").isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void on_a_full_disk_the_older_file_stays_whole_and_the_failure_names_it() throws IOException {
    assumeTrue(Files.isWritable(FULL), "this system has no " + FULL);
    Path file = Files.writeString(folder.resolve("a"), "old");
    Files.createSymbolicLink(folder.resolve("a.tmp"), FULL);

    assertThatThrownBy(() -> AtomicFile.write(file, "new".getBytes(UTF_8)))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": No space left on device");

    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  /** Until then a power failure may take the new name back. */
  @Test
  void the_folder_is_forced_to_the_disk_once_the_file_has_its_name() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    List<String> synced = new ArrayList<>();

    AtomicFile.write(
        file,
        "new".getBytes(UTF_8),
        of -> {
          assertThat(of.resolveSibling("a.tmp")).doesNotExist();
          synced.add(Files.readString(of));
        });

    assertThat(synced).containsExactly("new");
  }

  @Test
  void a_folder_that_the_disk_refuses_is_no_success() {
    Path file = folder.resolve("a");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    "new".getBytes(UTF_8),
                    of -> {
                      throw new IOException("Input/output error");
                    }))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": Input/output error");
  }

  @Test
  void a_folder_can_be_forced() throws IOException {
    AtomicFile.syncFolder(Files.writeString(folder.resolve("a"), "new"));

    assertThatThrownBy(() -> AtomicFile.syncFolder(folder.resolve("none").resolve("a")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
