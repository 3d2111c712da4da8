package io.github.sumnet.bench.run;

import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a benchmark has measured so far, {@value #NAME} in its folder: a line for its plan and
 * environment, then a line for every visit, handed to the system as soon as it is known. A process
 * that is killed leaves at most the beginning of a line behind, which the next one drops.
 */
public final class BenchJournal implements AutoCloseable {
  /** Its name in the run's folder. */
  public static final String NAME = "journal.jsonl";

  /** The journal of a benchmark that another process is measuring; the message names it. */
  public static final class InUseException extends IOException {
    private static final long serialVersionUID = 1L;

    InUseException(Path journal) {
      super(journal.resolveSibling("") + " is still being measured by another process");
    }
  }

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
        open(
            folder.resolve(NAME),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    Header header = new Header(BenchJson.SCHEMA_VERSION, environment, plan);
    BenchJournal journal = new BenchJournal(folder, header, List.of(), file);
    journal.append(header);
    return journal;
  }

  /**
   * Goes on with a journal.
   *
   * @param here what a plan finds on this machine: measurements made elsewhere do not go on
   * @throws DataException if it is none, or damaged elsewhere than in its last line, or was made
   *     elsewhere or by another build
   * @throws InUseException if another process writes it
   */
  public static BenchJournal resume(Path path, Function<BenchPlan, BenchEnvironment> here)
      throws IOException {
    FileChannel file = open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      // To close another channel of the file would end the lock.
      byte[] bytes = Channels.newInputStream(file).readAllBytes();
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      List<String> lines = new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
      if (lines.isEmpty()) {
        throw new DataException(path + ": expected what 'sumnet bench' writes, found no line");
      }
      Header header = header(path, lines.get(0));
      requireSamePlace(path, header.environment, here.apply(header.plan));
      List<Visit> visits = new ArrayList<>();
      for (int i = 1; i < lines.size(); i++) {
        visits.add(BenchJson.parseChecked(path + ":" + (i + 1), lines.get(i), Visit.class));
      }
      file.truncate(end);
      file.position(end);
      return new BenchJournal(path.resolveSibling(""), header, visits, file);
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  /** Opens a file for one process alone; the lock ends with the process, however that ends. */
  private static FileChannel open(Path path, OpenOption... options) throws IOException {
    FileChannel file = FileChannel.open(path, options);
    FileLock lock = null;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      // As if it were another's.
    }
    if (lock == null) {
      file.close();
      throw new InUseException(path);
    }
    return file;
  }

  private static void requireSamePlace(Path path, BenchEnvironment there, BenchEnvironment here) {
    String difference = there.difference(here);
    if (difference != null) {
      throw new DataException(
          "%s: the measurements there cannot go on here: %s; begin a new benchmark"
              .formatted(path.resolveSibling(""), difference));
    }
  }

  private static Header header(Path path, String line) {
    Header header = BenchJson.parseChecked(path + ":1", line, Header.class);
    if (header.environment == null || header.plan == null) {
      throw new DataException(path + ":1: the plan or the environment is missing");
    }
    return header;
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
  public List<Visit> visits() {
    return List.copyOf(visits);
  }

  void add(Visit visit) throws IOException {
    append(visit);
    visits.add(visit);
  }

  private void append(Record line) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap((BenchJson.checkedLine(line) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    file.force(true);
    file.close();
  }
}
