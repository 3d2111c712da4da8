package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Training runs in a folder, and what they came to. */
record SparkRuns(Path folder) {
  private static final Pattern FOLDER = Pattern.compile("Everything is in ([^;]+);");

  /** Trains in this JVM, which must end well; returns the run's folder. */
  Path train(String options) {
    Cli.Outcome outcome = launch(options);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    Matcher where = FOLDER.matcher(outcome.out());
    assertThat(where.find()).as(outcome.out()).isTrue();
    return Path.of(where.group(1));
  }

  /** Trains in this JVM. */
  Cli.Outcome launch(String options) {
    return Cli.launch(arguments(options));
  }

  String[] arguments(String options) {
    List<String> arguments = new ArrayList<>(List.of("train", "--device", "cpu"));
    arguments.addAll(List.of(options.split(" ", -1)));
    arguments.addAll(List.of("--out", folder.toString()));
    return arguments.toArray(String[]::new);
  }

  /** The run of this number, from 1. */
  Path run(int number) {
    return folder.resolve("train").resolve(String.format("%04d", number));
  }

  static Checkpoint last(Path run) {
    return Checkpoint.read(run.resolve("checkpoints/last.zip"));
  }

  /**
   * Waits until a run has a checkpoint of a step.
   *
   * @param isOver whether there will be none any more
   */
  static void awaitStep(Path run, long step, BooleanSupplier isOver) throws InterruptedException {
    while (!Files.exists(run.resolve("checkpoints/last.zip"))
        || last(run).position().step() < step) {
      assertThat(isOver.getAsBoolean()).as("the run ended before step %d", step).isFalse();
      Thread.sleep(20);
    }
  }

  /**
   * Weights and updater state have the same bits, and so have the losses, but for those of dl4j:
   * ND4J adds up a score by OpenMP's threads, which executors do without.
   */
  static void assertSame(Path found, Path expected) throws IOException {
    Checkpoint one = last(found);
    Checkpoint other = last(expected);
    assertThat(one.position().step()).isEqualTo(other.position().step());
    assertThat(one.coefficients()).isEqualTo(other.coefficients());
    assertThat(one.updaterState()).isEqualTo(other.updaterState());
    if (one.plan().engine() == EngineType.FUSED) {
      assertThat(losses(found)).isEqualTo(losses(expected)).isNotEmpty();
    }
  }

  private static List<String> losses(Path run) throws IOException {
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(run.resolve("metrics.csv"))) {
      return rows.stream()
          .map(row -> row.getField("step") + row.getField("loss") + row.getField("heldOutLoss"))
          .toList();
    }
  }
}
