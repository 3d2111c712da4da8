package io.github.sumnet.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A benchmark's result, as {@code bench.json} holds it.
 *
 * @param schemaVersion {@value #SCHEMA_VERSION}
 * @param complete false while it is being measured, and if it was interrupted
 * @param crossover device against device first, then engine against engine
 */
public record BenchResult(
    int schemaVersion,
    boolean complete,
    BenchEnvironment environment,
    BenchPlan plan,
    List<BenchRow> rows,
    List<Crossover> crossover) {
  /** Grows whenever a reader of the version before would misunderstand what is written. */
  public static final int SCHEMA_VERSION = 1;

  static final String VERSION_KEY = "schemaVersion";

  public BenchResult {
    rows = List.copyOf(rows);
    crossover = List.copyOf(crossover);
  }

  /** What a journal has so far. */
  public static BenchResult of(BenchJournal journal, boolean complete) {
    List<Visit> visits = journal.visits();
    BenchPlan plan = journal.plan();
    List<BenchRow> rows = Rows.of(plan, journal.environment(), visits);
    return new BenchResult(
        SCHEMA_VERSION,
        complete,
        journal.environment(),
        plan,
        rows,
        new Crossovers(plan, rows).all());
  }

  /** One JSON document. */
  public String toJson() {
    return BenchJson.document(this);
  }

  /**
   * Reads a result back.
   *
   * @throws BenchFileException if the file is not the result of a benchmark, or of a newer sumnet
   * @throws IOException if it cannot be read
   */
  public static BenchResult read(Path file) throws IOException {
    String text = Files.readString(file);
    try {
      JsonObject json = BenchJson.parse(text, JsonObject.class);
      requireVersion(file.toString(), json.get(VERSION_KEY));
      return BenchJson.parse(text, BenchResult.class);
    } catch (JsonParseException malformed) {
      throw BenchFileException.malformed(file.toString(), malformed);
    }
  }

  /** Refuses any version but this one's. */
  static void requireVersion(String place, JsonElement version) {
    if (!(version instanceof JsonPrimitive number) || !number.isNumber()) {
      throw new BenchFileException(
          place + ": no " + VERSION_KEY + "; expected a file that 'sumnet bench' wrote");
    }
    if (number.getAsInt() != SCHEMA_VERSION) {
      throw new BenchFileException(
          place
              + ": schema version "
              + number.getAsString()
              + ", but this sumnet reads version "
              + SCHEMA_VERSION
              + (number.getAsInt() > SCHEMA_VERSION
                  ? "; a newer sumnet wrote it, use that one"
                  : "; measure again"));
    }
  }
}
