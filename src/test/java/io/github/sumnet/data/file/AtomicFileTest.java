package io.github.sumnet.data.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  /** A device on which every write fails as on a full disk. */
  private static final Path FULL = Path.of("/dev/full");

  /** A device on which every write succeeds, and nothing can be forced. */
  private static final Path NOWHERE = Path.of("/dev/null");

  /** A folder of the kernel's, which no disk has. */
  private static final Path NO_DISK = Path.of("/proc/self");

  private static final String OLD = "much longer than the new one";
  private static final String NEW = "new";

  /** Open, three writes of a byte, force, rename, force the folder. */
  private static final int OPERATIONS = 7;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void an_older_file() throws IOException {
    file = Files.writeString(folder.resolve("a"), OLD);
  }

  @Test
  void an_older_file_is_replaced_and_nothing_else_is_left() throws IOException {
    AtomicFile.write(file, NEW.getBytes(UTF_8));

    assertThat(file).hasContent(NEW);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  /** Until the folder is forced, a power failure may take the new name back. */
  @Test
  void written_a_byte_at_a_time_it_is_forced_then_named_then_its_folder_is_forced()
      throws IOException {
    BadDisk disk = new BadDisk(OPERATIONS + 1, false);

    AtomicFile.write(file, NEW.getBytes(UTF_8), disk);

    assertThat(file).hasContent(NEW);
    assertThat(disk.done)
        .containsExactly("open", "write", "write", "write", "force", "rename", "force folder");
  }

  /** As on a full disk, one that is read-only, one that refuses to rename, one that is broken. */
  @Test
  void whatever_the_disk_refuses_the_file_is_whole_and_the_failure_names_it() throws IOException {
    for (int refused = 1; refused <= OPERATIONS; refused++) {
      Files.writeString(file, OLD);
      BadDisk disk = new BadDisk(refused, false);

      assertThatThrownBy(() -> AtomicFile.write(file, NEW.getBytes(UTF_8), disk))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(file + ": no");

      assertThat(file).hasContent(refused == OPERATIONS ? NEW : OLD);
      assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }
  }

  @Test
  void wherever_the_power_goes_the_file_is_whole_and_can_be_written_again() throws IOException {
    for (int last = 1; last <= OPERATIONS; last++) {
      Files.writeString(file, OLD);
      BadDisk disk = new BadDisk(last, true);

      assertThatThrownBy(() -> AtomicFile.write(file, NEW.getBytes(UTF_8), disk))
          .isInstanceOf(FileSystemException.class);

      assertThat(file).hasContent(last == OPERATIONS ? NEW : OLD);
      AtomicFile.write(file, "newest".getBytes(UTF_8));
      assertThat(file).hasContent("newest");
      assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }
  }

  @Test
  void a_real_full_disk_is_named_by_its_file() throws IOException {
    assumeTrue(Files.isWritable(FULL), "this system has no " + FULL);
    Files.createSymbolicLink(folder.resolve("a.tmp"), FULL);

    assertThatThrownBy(() -> AtomicFile.write(file, NEW.getBytes(UTF_8)))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": No space left on device");

    assertThat(file).hasContent(OLD);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  /** It takes bytes and cannot keep them. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_real_disk_that_cannot_be_forced_is_named_and_gets_no_name() throws IOException {
    assumeTrue(Files.isWritable(NOWHERE), "this system has no " + NOWHERE);
    Files.createSymbolicLink(folder.resolve("a.tmp"), NOWHERE);

    assertThatThrownBy(() -> AtomicFile.write(file, NEW.getBytes(UTF_8)))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": Invalid argument");

    assertThat(file).isRegularFile().hasContent(OLD);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void a_folder_that_is_gone_when_it_is_to_be_forced_is_a_failure() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("inside")).resolve("a");
    AtomicFile.Disk disk =
        new AtomicFile.Disk() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            AtomicFile.Disk.super.rename(from, to);
            Files.delete(to);
            Files.delete(to.getParent());
          }
        };

    assertThatThrownBy(() -> AtomicFile.write(inside, NEW.getBytes(UTF_8), disk))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void a_link_stays_one_and_what_it_leads_to_is_replaced() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a"));

    AtomicFile.write(link, NEW.getBytes(UTF_8));

    assertThat(link).isSymbolicLink().hasContent(NEW);
    assertThat(file).hasContent(NEW);
  }

  /** To rename a file over it would take the device away from the whole machine. */
  @Test
  void a_pipe_is_written_to_and_stays_one() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no pipes");
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();

    AtomicFile.write(pipe, NEW.getBytes(UTF_8));

    assertThat(Files.isRegularFile(pipe)).isFalse();
    assertThat(pipe).exists();
    assertThat(reader.inputReader(UTF_8).readLine()).isEqualTo(NEW);
  }

  @Test
  void a_folder_is_no_file() {
    assertThatThrownBy(() -> AtomicFile.write(folder, NEW.getBytes(UTF_8)))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void a_folder_can_be_forced() throws IOException {
    AtomicFile.syncFolder(file);

    assertThatThrownBy(() -> AtomicFile.syncFolder(folder.resolve("none").resolve("a")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_folder_that_the_system_cannot_force_is_a_failure() {
    assumeTrue(Files.isDirectory(NO_DISK), "this system has no " + NO_DISK);

    assertThatThrownBy(() -> AtomicFile.syncFolder(NO_DISK.resolve("status")))
        .isInstanceOf(IOException.class)
        .hasMessage("Invalid argument");
  }

  /** Takes a byte at a time, refuses one operation, and, if that is the power's end, all later. */
  private static final class BadDisk implements AtomicFile.Disk {
    final List<String> done = new ArrayList<>();
    private final int refused;
    private final boolean forGood;
    private int asked;

    BadDisk(int refused, boolean forGood) {
      this.refused = refused;
      this.forGood = forGood;
    }

    private void ask(String operation) throws IOException {
      asked++;
      if (asked == refused || (forGood && asked > refused)) {
        throw new IOException("no");
      }
      done.add(operation);
    }

    @Override
    public FileChannel open(Path file) throws IOException {
      ask("open");
      return AtomicFile.Disk.super.open(file);
    }

    @Override
    public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
      ask("write");
      channel.write(bytes.slice().limit(1));
      bytes.position(bytes.position() + 1);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
      ask("force");
      AtomicFile.Disk.super.force(channel);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      ask("rename");
      AtomicFile.Disk.super.rename(from, to);
    }

    @Override
    public void forceFolder(Path of) throws IOException {
      ask("force folder");
      AtomicFile.Disk.super.forceFolder(of);
    }

    @Override
    public void delete(Path file) throws IOException {
      ask("delete");
      AtomicFile.Disk.super.delete(file);
    }
  }
}
