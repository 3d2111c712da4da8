package io.github.sumnet.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.DatasetFormat;
import io.github.sumnet.data.csv.CsvFormat;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialFileTest {
  private static final DatasetFormat FORMAT = new CsvFormat(Precision.DOUBLE);
  private static final Map<String, String> PROVENANCE = Map.of("seed", "3");
  private static final byte[] ROW = {'1', ',', '2', ',', '3', '\n'};

  @TempDir Path folder;
  private Path file;
  private Path part;

  @BeforeEach
  void name_the_files() {
    file = folder.resolve("a.csv");
    part = folder.resolve("a.csv.part");
  }

  @Test
  void what_was_noted_goes_on_and_what_was_not_is_cut_off() throws IOException {
    try (PartialFile begun = open(PROVENANCE, false)) {
      append(begun);
      begun.note();
      append(begun);
      assertThat(begun.samples()).isEqualTo(2);
      assertThat(begun.path()).isEqualTo(part);
    }
    try (PartialFile goesOn = open(PROVENANCE, false)) {
      assertThat(goesOn.samples()).isEqualTo(1);
      append(goesOn);
      goesOn.complete();
    }
    assertThat(file).hasContent("x1,x2,y\n1,2,3\n1,2,3\n");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void what_was_begun_with_other_options_is_overwritten_only_by_force() throws IOException {
    begin();
    assertThatThrownBy(() -> open(Map.of("seed", "4"), false))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage(
            part
                + " was begun with other options ({seed=3}): give the same again to go on, or"
                + " --force to begin anew");
    try (PartialFile anew = open(Map.of("seed", "4"), true)) {
      assertThat(anew.samples()).isZero();
      assertThat(part).hasContent("x1,x2,y\n");
    }
  }

  @Test
  void what_nothing_is_known_of_is_overwritten_only_by_force() throws IOException {
    Files.writeString(part, "mine");
    assertThatThrownBy(() -> open(PROVENANCE, false))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage(part + " is in the way, and nothing says what it is; --force overwrites it");
    open(PROVENANCE, true).close();
    assertThat(part).hasContent("x1,x2,y\n");
  }

  @Test
  void notes_that_are_damaged_begin_it_anew() throws IOException {
    for (String damaged :
        List.of(
            "samples-written=x\nbytes-written=9\n",
            "samples-written=1\nbytes-written=0\n",
            "samples-written=1\nbytes-written=999\n")) {
      begin();
      Files.writeString(folder.resolve("a.csv.part.properties"), "seed=3\n" + damaged);
      try (PartialFile anew = open(PROVENANCE, false)) {
        assertThat(anew.samples()).as(damaged).isZero();
      }
    }
  }

  @Test
  void the_file_that_cannot_be_written_is_named() {
    Path unwritable = folder.resolve("missing").resolve("a.csv");
    assertThatThrownBy(() -> PartialFile.open(unwritable, FORMAT, PROVENANCE, false))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("FILE: cannot write " + unwritable + ": " + unwritable + ".part: no such file");
  }

  @Test
  void what_could_not_be_written_says_that_the_rest_stays() throws IOException {
    PartialFile closed = open(PROVENANCE, false);
    closed.close();
    assertThatThrownBy(() -> append(closed))
        .hasMessage(
            part
                + ": unexpected ClosedChannelException; --stack-trace shows where; what is written"
                + " stays, the same command goes on");
    assertThatThrownBy(closed::complete).hasMessageStartingWith(part + ": unexpected Closed");
  }

  private void begin() throws IOException {
    try (PartialFile begun = open(PROVENANCE, true)) {
      append(begun);
      begun.note();
    }
  }

  private PartialFile open(Map<String, String> provenance, boolean force) throws IOException {
    return PartialFile.open(file, FORMAT, provenance, force);
  }

  private static void append(PartialFile part) throws IOException {
    part.append(List.of(new DatasetFormat.Piece(DatasetFormat.AT_THE_END, ROW)), 1);
  }
}
