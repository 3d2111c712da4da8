package io.github.sumnet.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.file.UnusableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path out;

  @Test
  void runs_are_numbered_from_one() throws IOException {
    assertThat(RunFolder.create(out).path()).isEqualTo(out.resolve("train").resolve("0001"));
    assertThat(RunFolder.create(out).path()).isEqualTo(out.resolve("train").resolve("0002"));
  }

  @Test
  void a_run_is_called_by_the_path_that_was_asked_for_whether_it_was_there_or_not()
      throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(out.toAbsolutePath()).resolve("new");

    assertThat(RunFolder.create(relative).path()).isEqualTo(relative.resolve("train/0001"));
    assertThat(RunFolder.create(relative).path()).isEqualTo(relative.resolve("train/0002"));
  }

  @Test
  void gaps_are_not_filled_and_what_is_no_run_does_not_count() throws IOException {
    Path runs = Files.createDirectories(out.resolve("train"));
    Files.createDirectory(runs.resolve("0007"));
    Files.createDirectory(runs.resolve("0000"));
    Files.createDirectory(runs.resolve("12"));
    Files.createDirectory(runs.resolve("9999-old"));
    Files.createDirectory(runs.resolve("notes"));

    assertThat(RunFolder.create(out).path()).isEqualTo(runs.resolve("0008"));
    assertThat(NumberedFolders.of(out, "train").newestFirst())
        .containsExactly(runs.resolve("0008"), runs.resolve("0007"));
  }

  @Test
  void numbers_go_on_beyond_four_digits() throws IOException {
    Path runs = Files.createDirectories(out.resolve("train"));
    Files.createDirectory(runs.resolve("9999"));

    assertThat(RunFolder.create(out).path()).isEqualTo(runs.resolve("10000"));
    assertThat(RunFolder.create(out).path()).isEqualTo(runs.resolve("10001"));
  }

  @Test
  void a_file_that_has_the_next_number_is_left_alone() throws IOException {
    Path runs = Files.createDirectories(out.resolve("train"));
    Path file = Files.writeString(runs.resolve("0001"), "mine");

    assertThat(RunFolder.create(out).path()).isEqualTo(runs.resolve("0002"));
    assertThat(file).hasContent("mine");
  }

  @Test
  void runs_that_start_at_the_same_time_get_folders_of_their_own() throws Exception {
    int runs = 64;
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<RunFolder>> created = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        created.add(threads.submit(() -> RunFolder.create(out)));
      }
      List<Path> paths = new ArrayList<>();
      for (Future<RunFolder> folder : created) {
        paths.add(folder.get().path());
      }
      assertThat(paths).doesNotHaveDuplicates().hasSize(runs).allMatch(Files::isDirectory);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void the_newest_checkpoint_is_that_of_the_newest_run_which_has_one() throws IOException {
    assertThat(RunFolder.newestCheckpoint(out)).isEmpty();
    RunFolder first = RunFolder.create(out);
    RunFolder second = RunFolder.create(out);
    RunFolder.create(out);
    assertThat(RunFolder.newestCheckpoint(out)).isEmpty();

    Files.writeString(first.last(), "");
    assertThat(RunFolder.newestCheckpoint(out)).contains(first.last());
    Files.writeString(second.last(), "");
    assertThat(RunFolder.newestCheckpoint(out)).contains(second.last());
  }

  @Test
  void the_newest_run_is_the_one_of_the_largest_number_not_of_the_last_name() throws IOException {
    Path runs = Files.createDirectories(out.resolve("train"));
    for (String number : List.of("9999", "10000")) {
      Path checkpoints = Files.createDirectories(runs.resolve(number).resolve("checkpoints"));
      Files.writeString(checkpoints.resolve("last.zip"), "");
    }

    assertThat(RunFolder.newestCheckpoint(out))
        .contains(RunFolder.lastCheckpoint(runs.resolve("10000")));
  }

  @Test
  void a_folder_that_cannot_be_made_is_an_io_exception() throws IOException {
    Path file = Files.writeString(out.resolve("file"), "");

    assertThatThrownBy(() -> RunFolder.create(file)).isInstanceOf(IOException.class);
  }

  @Test
  void where_there_is_no_checkpoint_it_says_what_can_be_asked_for() throws IOException {
    RunFolder run = RunFolder.create(out);
    assertThatThrownBy(() -> RunFolder.checkpoint("--resume", "last", out))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("--resume last: no run in " + out + " has a checkpoint");
    assertThatThrownBy(() -> RunFolder.checkpoint("--resume", run.path().toString(), out))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage(
            "--resume: there is no checkpoint "
                + run.last()
                + "; give 'last', a run folder or a checkpoint");
  }

  @Test
  void a_runs_files_are_written_whole() throws IOException {
    RunFolder run = RunFolder.create(out);
    run.write("summary.json", "{}");
    assertThat(run.path().resolve("summary.json")).hasContent("{}");
  }
}
