package io.github.sumnet.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.train.Measurement;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;

/** The files are read back with TensorFlow's own classes for them. */
class EventFileTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.25Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Measurement BOTH = new Measurement(64, 0, 1024, 0.25, 0.5, 0.1, 1.5, 4e6);
  private static final Measurement NOT_EVALUATED =
      new Measurement(80, 1, 1280, 0.125, Double.NaN, 0.05, 1.75, 5e6);

  @TempDir Path folder;

  @Test
  void it_begins_with_the_version_and_then_has_what_was_measured_at_its_step_and_time()
      throws IOException {
    try (EventFile file = new EventFile(folder, CLOCK)) {
      file.add(BOTH);
      file.add(NOT_EVALUATED);

      assertThat(file.file()).hasFileName("events.out.tfevents.1767323045.sumnet");
      List<Event> events = TensorFlowRecords.events(file.file());
      assertThat(events)
          .extracting(Event::getWallTime)
          .containsExactly(1767323045.25, 1767323045.25, 1767323045.25);
      assertThat(events).extracting(Event::getStep).containsExactly(0L, 64L, 80L);
      assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
      assertThat(TensorFlowRecords.scalars(events.get(1)))
          .containsExactly(
              Map.entry("loss", 0.25f),
              Map.entry("heldOutLoss", 0.5f),
              Map.entry("learningRate", 0.1f),
              Map.entry("samplesPerSecond", 4e6f));
      assertThat(TensorFlowRecords.scalars(events.get(2)))
          .containsExactly(
              Map.entry("loss", 0.125f),
              Map.entry("learningRate", 0.05f),
              Map.entry("samplesPerSecond", 5e6f));
    }
  }

  @Test
  void what_was_added_is_in_the_file_before_it_is_closed() throws IOException {
    try (EventFile file = new EventFile(folder, CLOCK)) {
      file.add(BOTH);
      long before = Files.size(file.file());
      file.add(BOTH);

      assertThat(Files.size(file.file())).isGreaterThan(before);
      assertThat(TensorFlowRecords.events(file.file())).hasSize(3);
    }
  }

  @Test
  void it_never_writes_into_another_runs_file() throws IOException {
    new EventFile(folder, CLOCK).close();

    assertThatThrownBy(() -> new EventFile(folder, CLOCK))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Property(tries = 200)
  void every_measurement_comes_back_in_single_precision(
      @ForAll("measurements") List<Measurement> measurements) throws IOException {
    Path ownFolder = Files.createTempDirectory("events");
    Path written;
    try (EventFile file = new EventFile(ownFolder, CLOCK)) {
      measurements.forEach(file::add);
      written = file.file();
    }

    List<Event> events = TensorFlowRecords.events(written);
    assertThat(events).hasSize(1 + measurements.size());
    for (int i = 0; i < measurements.size(); i++) {
      Measurement expected = measurements.get(i);
      assertThat(events.get(i + 1).getStep()).isEqualTo(expected.step());
      Map<String, Float> scalars = TensorFlowRecords.scalars(events.get(i + 1));
      assertThat(scalars.get("loss")).isEqualTo((float) expected.loss());
      assertThat(scalars.containsKey("heldOutLoss"))
          .isEqualTo(!Double.isNaN(expected.heldOutLoss()));
      assertThat(scalars.get("samplesPerSecond"))
          .isCloseTo((float) expected.samplesPerSecond(), within(0f));
    }
    Files.delete(written);
    Files.delete(ownFolder);
  }

  @Provide
  Arbitrary<List<Measurement>> measurements() {
    Arbitrary<Double> value = Arbitraries.doubles().between(0, 1e12);

    return Combinators.combine(
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            value,
            Arbitraries.oneOf(value, Arbitraries.just(Double.NaN)),
            value)
        .as((step, loss, heldOut, rate) -> new Measurement(step, 0, 1, loss, heldOut, 0.1, 1, rate))
        .list()
        .ofMaxSize(20);
  }
}
