package io.github.sumnet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.device.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchJournalTest {
  @TempDir Path folder;
  private Path file;
  private final BenchCase first = Results.plan().cases().get(0);
  private final List<Visit> visits =
      List.of(
          Visit.warmUp(
              1,
              first,
              new Answer.Started(0.1, 0.2),
              new Answer.Prepared(0.3, new Answer.Timed(0.4, true), new Answer.Timed(0.5, false)),
              new Answer.WarmedUp(0.6, true)),
          Visit.repetition(1, first, new Answer.Repeated(1000, 0.123456789012345)),
          Visit.memory(1, first, new BenchRow.Memory(1L << 40, null)),
          Visit.problem(2, first, "wörds of a \"worker\"\nthat died"));

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve(BenchJournal.NAME);
    try (BenchJournal journal =
        BenchJournal.create(folder, Results.environment(), Results.plan())) {
      for (Visit visit : visits) {
        journal.add(visit);
      }
    }
  }

  @Test
  void what_was_written_is_read_back() throws IOException {
    try (BenchJournal journal = BenchJournal.open(file)) {
      assertThat(journal.plan()).isEqualTo(Results.plan());
      assertThat(journal.environment()).isEqualTo(Results.environment());
      assertThat(journal.visits()).isEqualTo(visits);
      assertThat(journal.folder()).isEqualTo(folder);
    }
  }

  @Test
  void a_line_is_on_the_disk_as_soon_as_it_is_written() throws IOException {
    try (BenchJournal journal = BenchJournal.open(file)) {
      journal.add(visits.get(1));
      assertThat(Files.readAllLines(file)).hasSize(visits.size() + 2);
    }
  }

  @Test
  void wherever_it_is_torn_only_the_line_that_is_torn_is_lost() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int headerEnd = Files.readAllLines(file).get(0).getBytes(UTF_8).length + 1;
    // Every place in the last line, some in those before.
    for (int length = headerEnd;
        length <= whole.length;
        length += length < whole.length - 100 ? 13 : 1) {
      byte[] torn = Arrays.copyOf(whole, length);
      Files.write(file, torn);
      int lines = (int) count(torn) - 1;
      try (BenchJournal journal = BenchJournal.open(file)) {
        assertThat(journal.visits()).isEqualTo(visits.subList(0, lines));
        journal.add(visits.get(3));
      }
      try (BenchJournal again = BenchJournal.open(file)) {
        assertThat(again.visits()).hasSize(lines + 1).endsWith(visits.get(3));
      }
    }
  }

  private static long count(byte[] text) {
    long lines = 0;
    for (byte each : text) {
      lines += each == '\n' ? 1 : 0;
    }
    return lines;
  }

  @Test
  void a_line_in_the_middle_that_is_none_is_named() throws IOException {
    List<String> lines = Files.readAllLines(file);
    lines.set(2, lines.get(2).substring(5));
    Files.write(file, lines);
    assertThatThrownBy(() -> BenchJournal.open(file))
        .isInstanceOf(BenchFileException.class)
        .hasMessageStartingWith(file + ":3: expected what 'sumnet bench' writes");
  }

  @Test
  void another_version_is_refused() throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"schemaVersion\":1", "\"schemaVersion\":2"));
    assertThatThrownBy(() -> BenchJournal.open(file))
        .isInstanceOf(BenchFileException.class)
        .hasMessageContaining(":1: schema version 2")
        .hasMessageContaining("newer");
  }

  @Test
  void an_empty_file_is_none() throws IOException {
    Files.writeString(file, "");
    assertThatThrownBy(() -> BenchJournal.open(file))
        .isInstanceOf(BenchFileException.class)
        .hasMessageContaining("found no line");
  }

  @Test
  void rows_are_made_of_what_is_there() throws IOException {
    try (BenchJournal journal = BenchJournal.open(file)) {
      BenchResult result = BenchResult.of(journal, false);
      assertThat(result.rows()).hasSize(Results.plan().cases().size());
      BenchRow row = result.rows().get(0);
      assertThat(row.benchCase()).isEqualTo(first);
      assertThat(row.raw()).containsExactly(1000 * 32 / 0.123456789012345);
      assertThat(row.samplesPerSecond().median()).isEqualTo(row.raw().get(0));
      assertThat(row.parts().warmUp()).isEqualTo(0.6);
      assertThat(row.memory().peakResidentBytes()).isEqualTo(1L << 40);
      assertThat(row.problem()).contains("that died");
      assertThat(result.rows().get(1).isMeasured()).isFalse();
      assertThat(result.rows())
          .filteredOn(each -> each.device() == Device.CUDA)
          .allSatisfy(each -> assertThat(each.problem()).isEqualTo("no driver"));
    }
  }
}
