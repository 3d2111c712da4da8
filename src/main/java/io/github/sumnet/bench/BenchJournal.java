package io.github.sumnet.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a benchmark has measured so far, {@value #NAME} in its folder: a line for its plan and
 * environment, then a line for every visit, handed to the system as soon as it is known. A process
 * that is killed leaves at most the beginning of a line behind, which the next one drops.
 */
public final class BenchJournal implements AutoCloseable {
  /** Its name in the run's folder. */
  public static final String NAME = "journal.jsonl";

  /** The first line. */
  private record Header(int schemaVersion, BenchEnvironment environment, BenchPlan plan) {}

  private final Path folder;
  private final BenchEnvironment environment;
  private final BenchPlan plan;
  private final List<Visit> visits;
  private final FileChannel file;

  private BenchJournal(Path folder, Header header, List<Visit> visits, FileChannel file) {
    this.folder = folder;
    environment = header.environment;
    plan = header.plan;
    this.visits = new ArrayList<>(visits);
    this.file = file;
  }

  /**
   * Begins a journal.
   *
   * @param folder an empty folder
   */
  public static BenchJournal create(Path folder, BenchEnvironment environment, BenchPlan plan)
      throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve(NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Header header = new Header(BenchResult.SCHEMA_VERSION, environment, plan);
    BenchJournal journal = new BenchJournal(folder, header, List.of(), file);
    journal.append(header);
    return journal;
  }

  /**
   * Goes on with a journal.
   *
   * @throws BenchFileException if it is none, or damaged elsewhere than in its last line
   */
  public static BenchJournal open(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    List<String> lines = new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty()) {
      throw new BenchFileException(path + ": expected what 'sumnet bench' writes, found no line");
    }
    Header header = header(path, lines.get(0));
    List<Visit> visits = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      visits.add(parse(path + ":" + (i + 1), lines.get(i), Visit.class));
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
    file.truncate(end);
    file.position(end);
    return new BenchJournal(path.resolveSibling(""), header, visits, file);
  }

  private static Header header(Path path, String line) {
    JsonObject json = parse(path + ":1", line, JsonObject.class);
    BenchResult.requireVersion(path + ":1", json.get(BenchResult.VERSION_KEY));
    Header header = parse(path + ":1", line, Header.class);
    if (header.environment == null || header.plan == null) {
      throw new BenchFileException(path + ":1: the plan or the environment is missing");
    }
    return header;
  }

  private static <T> T parse(String place, String line, Class<T> type) {
    try {
      return BenchJson.parse(line, type);
    } catch (JsonParseException malformed) {
      throw BenchFileException.malformed(place, malformed);
    }
  }

  /** The run's folder. */
  public Path folder() {
    return folder;
  }

  public BenchEnvironment environment() {
    return environment;
  }

  public BenchPlan plan() {
    return plan;
  }

  /** All visits, oldest first. */
  List<Visit> visits() {
    return List.copyOf(visits);
  }

  /** Writes a visit down. */
  void add(Visit visit) throws IOException {
    append(visit);
    visits.add(visit);
  }

  private void append(Object line) throws IOException {
    byte[] bytes = (BenchJson.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      file.write(left);
    }
  }

  @Override
  public void close() throws IOException {
    file.force(true);
    file.close();
  }
}
