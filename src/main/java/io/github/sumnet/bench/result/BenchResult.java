package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.run.BenchJournal;
import io.github.sumnet.bench.run.Visit;
import io.github.sumnet.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A benchmark's result, as {@code bench.json} holds it.
 *
 * @param schemaVersion {@value BenchJson#SCHEMA_VERSION}
 * @param complete false while it is being measured, and if it was interrupted
 * @param busyCores how many cores other processes kept busy on average in each fork that ran to its
 *     end, where the system says so
 * @param fastest the fastest engine of each device on each network and batch
 * @param crossover device against device first, then engine against engine
 * @param jobs how long training takes from start to end
 */
public record BenchResult(
    int schemaVersion,
    boolean complete,
    BenchEnvironment environment,
    BenchPlan plan,
    List<BenchRow> rows,
    List<Double> busyCores,
    List<Fastest> fastest,
    List<Crossover> crossover,
    List<Job> jobs) {
  private static final double MOST_BUSY_SHARE = 0.1;

  public BenchResult {
    rows = List.copyOf(rows);
    // What was written down before it had them.
    busyCores = busyCores == null ? List.of() : List.copyOf(busyCores);
    fastest = fastest == null ? List.of() : List.copyOf(fastest);
    crossover = List.copyOf(crossover);
    jobs = jobs == null ? List.of() : List.copyOf(jobs);
  }

  /**
   * What a journal has so far.
   *
   * @param jobSamples numbers of samples to say of how long it takes to train on them
   */
  public static BenchResult of(BenchJournal journal, boolean complete, List<Long> jobSamples) {
    List<Visit> visits = journal.visits();
    BenchPlan plan = journal.plan();
    List<BenchRow> rows = Rows.of(plan, journal.environment(), visits);
    return new BenchResult(
        BenchJson.SCHEMA_VERSION,
        complete,
        journal.environment(),
        plan,
        rows,
        visits.stream().map(Visit::busyCores).filter(Objects::nonNull).toList(),
        Fastest.all(plan, rows),
        new Crossovers(plan, rows).all(),
        Job.all(plan, rows, jobSamples));
  }

  /** Whether there is a rate of anything. */
  public boolean isAnythingMeasured() {
    return rows.stream().anyMatch(BenchRow::isMeasured);
  }

  /** The most that other processes took of the machine in a fork, in cores; null if unknown. */
  public Double mostBusyCores() {
    return busyCores.stream().max(Comparator.naturalOrder()).orElse(null);
  }

  /** Whether that is more than the rates of an idle machine stand. */
  public boolean isBusy() {
    return !busyCores.isEmpty() && mostBusyCores() > MOST_BUSY_SHARE * environment.cores();
  }

  /** One JSON document. */
  public String toJson() {
    return BenchJson.document(this);
  }

  /**
   * Reads a result back.
   *
   * @throws DataException if the file is not the result of a benchmark, is damaged, or of a newer
   *     sumnet
   * @throws IOException if it cannot be read
   */
  public static BenchResult read(Path file) throws IOException {
    // What is not text in UTF-8 then does not match the checksum.
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return BenchJson.parseChecked(file.toString(), text, BenchResult.class);
  }
}
