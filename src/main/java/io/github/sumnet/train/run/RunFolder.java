package io.github.sumnet.train.run;

import io.github.sumnet.data.DataException;
import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.data.file.UnusableFileException;
import io.github.sumnet.train.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one training run, one of {@link NumberedFolders}: one that exists is never written
 * into by another run.
 */
public final class RunFolder {
  /** The option values in force. */
  public static final String CONFIGURATION = "config.properties";

  /** Where, when and how the run was made: a {@link RunEnvironment}. */
  public static final String ENVIRONMENT = "environment.json";

  public static final String GRADIENT_CHECK = "gradient-check.json";
  public static final String METRICS = "metrics.csv";
  public static final String SUMMARY = "summary.json";

  /** Why the run failed, if it did. */
  public static final String FAILURE = "failure.txt";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes the next run's folder.
   *
   * @param out the folder that holds runs; made if it is not there
   * @throws IOException if it cannot be made
   */
  public static RunFolder create(Path out) throws IOException {
    Path folder = runs(out).create();
    Files.createDirectory(folder.resolve("checkpoints"));
    return new RunFolder(folder);
  }

  /**
   * Finds the folder of a run that was begun.
   *
   * @param what the argument that asks for it, for messages
   * @param target "last" or a run folder
   * @param out the folder that holds runs
   * @throws UnusableFileException if there is none
   */
  public static RunFolder find(String what, String target, Path out) {
    try {
      Path folder =
          target.equals("last")
              ? runs(out).newestFirst().stream()
                  .filter(run -> Files.isRegularFile(run.resolve(ENVIRONMENT)))
                  .findFirst()
                  .orElseThrow(
                      () -> new UnusableFileException(what + " last: there is no run in " + out))
              : Path.of(target);
      if (!Files.isRegularFile(folder.resolve(ENVIRONMENT))) {
        throw new UnusableFileException(
            ("%s: there is no run in %s, for it has no %s; give 'last' or the folder of a training"
                    + " run, such as runs/train/0001")
                .formatted(what, folder, ENVIRONMENT));
      }
      return new RunFolder(folder);
    } catch (IOException unreadable) {
      throw unusable(what, target, out, unreadable);
    }
  }

  private static UnusableFileException unusable(
      String what, String target, Path out, IOException unreadable) {
    return new UnusableFileException(
        what + " " + target + ": cannot look into " + out + ": " + FileFailure.cause(unreadable));
  }

  private static NumberedFolders runs(Path out) {
    return NumberedFolders.of(out, "train");
  }

  /** The last checkpoint of the newest run that has one. */
  static Optional<Path> newestCheckpoint(Path out) throws IOException {
    return runs(out).newestFirst().stream()
        .map(RunFolder::lastCheckpoint)
        .filter(Files::exists)
        .findFirst();
  }

  /**
   * Finds and reads the checkpoint that a flag or an argument asks for.
   *
   * @param what the flag or argument, for messages
   * @param target "last", a run folder or a checkpoint
   * @param out the folder that holds runs
   * @throws UnusableFileException if there is none
   * @throws DataException if it is damaged; the message names the newest one that is not
   */
  public static Checkpoint checkpoint(String what, String target, Path out) {
    try {
      Path file = file(what, target, out);
      try {
        return Checkpoint.read(file);
      } catch (DataException damaged) {
        String instead = newestWhole(file, out).map(RunFolder::advice).orElse("");
        throw new DataException(damaged.getMessage() + instead, damaged);
      }
    } catch (IOException unreadable) {
      throw unusable(what, target, out, unreadable);
    }
  }

  private static Path file(String what, String target, Path out) throws IOException {
    if (target.equals("last")) {
      return newestCheckpoint(out)
          .orElseThrow(
              () ->
                  new UnusableFileException(
                      what + " last: no run in " + out + " has a checkpoint"));
    }
    Path path = Path.of(target);
    Path file = Files.isDirectory(path) ? lastCheckpoint(path) : path;
    if (!Files.isRegularFile(file)) {
      throw new UnusableFileException(
          "%s: there is no checkpoint %s; give 'last', a run folder or a checkpoint"
              .formatted(what, file));
    }
    return file;
  }

  /** The one with the most steps beside a damaged one, else the last one of the newest run. */
  private static Optional<Checkpoint> newestWhole(Path damaged, Path out) throws IOException {
    Path beside = damaged.toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(beside)) {
      Optional<Checkpoint> newest =
          files
              .filter(file -> file.toString().endsWith(".zip"))
              .sorted()
              .flatMap(file -> whole(damaged.resolveSibling(file.getFileName())))
              .max(Comparator.comparingLong(checkpoint -> checkpoint.position().step()));
      if (newest.isPresent()) {
        return newest;
      }
    }
    return runs(out).newestFirst().stream()
        .map(RunFolder::lastCheckpoint)
        .flatMap(RunFolder::whole)
        .findFirst();
  }

  private static Stream<Checkpoint> whole(Path file) {
    try {
      return Stream.of(Checkpoint.read(file));
    } catch (DataException damaged) {
      return Stream.empty();
    }
  }

  private static String advice(Checkpoint whole) {
    return String.format(
        Locale.ROOT,
        "; the newest one that is whole is %s, of step %d",
        whole.file(),
        whole.position().step());
  }

  static Path lastCheckpoint(Path runFolder) {
    return runFolder.resolve("checkpoints").resolve("last.zip");
  }

  public Path path() {
    return path;
  }

  public Path last() {
    return lastCheckpoint(path);
  }

  public Path best() {
    return path.resolve("checkpoints").resolve("best.zip");
  }

  /** Where a checkpoint that is kept for its step goes. */
  public Path ofStep(long step) {
    return path.resolve("checkpoints").resolve("step-" + step + ".zip");
  }

  /** Writes one of the run's files, whole or not at all. */
  public void write(String name, String content) throws IOException {
    AtomicFile.write(path.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }
}
