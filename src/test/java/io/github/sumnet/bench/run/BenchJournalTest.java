package io.github.sumnet.bench.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.Message;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.bench.result.Results;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.data.DataException;
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
          said(1, new Message.Started(0.1, 0.2)),
          said(1, new Message.Prepared(0.3)),
          said(
              1,
              new Message.WarmedUp(
                  0.6, true, new Message.Timed(0.4, true), new Message.Timed(0.5, false))),
          said(1, new Message.Repeated(1000, 0.123456789012345)),
          said(1, new Message.Finished(new Memory(1L << 40, null))),
          Visit.endOfFork(1, 0.25),
          said(2, new Message.Failed("wörds of a \"worker\"\nthat died")));

  private Visit said(int fork, Message said) {
    return new Visit(fork, first, said);
  }

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

  private BenchJournal resumed() throws IOException {
    return BenchJournal.resume(file, plan -> Results.environment());
  }

  @Test
  void one_process_alone_writes_it() throws IOException {
    try (BenchJournal journal = resumed()) {
      assertThatThrownBy(this::resumed)
          .isInstanceOf(BenchJournal.InUseException.class)
          .hasMessageContaining(folder + " is still being measured by another process");
      journal.add(visits.get(0));
    }
    resumed().close();
  }

  @Test
  void what_was_measured_elsewhere_does_not_go_on_here() {
    assertThatThrownBy(
            () ->
                BenchJournal.resume(
                    file,
                    plan ->
                        Results.environment(
                            new BenchEnvironment.DeviceState(Device.CUDA, "a card", null))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("cannot go on here: device cuda was ");
  }

  @Test
  void what_was_written_is_read_back() throws IOException {
    try (BenchJournal journal = resumed()) {
      assertThat(journal.plan()).isEqualTo(Results.plan());
      assertThat(journal.environment()).isEqualTo(Results.environment());
      assertThat(journal.visits()).isEqualTo(visits);
      assertThat(journal.folder()).isEqualTo(folder);
    }
  }

  @Test
  void a_line_is_on_the_disk_as_soon_as_it_is_written() throws IOException {
    try (BenchJournal journal = resumed()) {
      journal.add(visits.get(3));
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
      try (BenchJournal journal = resumed()) {
        assertThat(journal.visits()).isEqualTo(visits.subList(0, lines));
        journal.add(visits.get(6));
      }
      try (BenchJournal again = resumed()) {
        assertThat(again.visits()).hasSize(lines + 1).endsWith(visits.get(6));
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
    assertThatThrownBy(() -> resumed())
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ":3: expected what 'sumnet bench' writes");
  }

  @Test
  void a_line_in_which_a_digit_has_changed_is_named() throws IOException {
    Files.writeString(file, Files.readString(file).replaceFirst("0\\.123456", "0.123457"));
    assertThatThrownBy(() -> resumed())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its content does not match its checksum");
  }

  @Test
  void another_version_is_refused() throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"schemaVersion\":1", "\"schemaVersion\":2"));
    assertThatThrownBy(() -> resumed())
        .isInstanceOf(DataException.class)
        .hasMessageContaining(":1: schema version 2")
        .hasMessageContaining("newer");
  }

  @Test
  void an_empty_file_is_none() throws IOException {
    Files.writeString(file, "");
    assertThatThrownBy(() -> resumed())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found no line");
  }

  @Test
  void rows_are_made_of_what_is_there() throws IOException {
    try (BenchJournal journal = resumed()) {
      BenchResult result = BenchResult.of(journal, false, List.of(1000L));
      assertThat(result.rows()).hasSize(Results.plan().cases().size());
      BenchRow row = result.rows().get(0);
      assertThat(row.benchCase()).isEqualTo(first);
      assertThat(row.raw()).containsExactly(1000 * 32 / 0.123456789012345);
      assertThat(row.samplesPerSecond())
          .isEqualTo(new MedianInterval(row.raw().get(0), null, null));
      assertThat(row.noise()).isEqualTo(new BenchRow.Noise(null, null, false));
      assertThat(result.busyCores()).containsExactly(0.25);
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
