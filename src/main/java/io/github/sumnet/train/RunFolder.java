package io.github.sumnet.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one training run: OUT/train/0001 and so on. Numbers only grow, and a folder that
 * exists is never written into by another run.
 */
public final class RunFolder {
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
    Path runs = out.resolve("train");
    Files.createDirectories(runs);
    int number = numbered(runs).stream().mapToInt(RunFolder::number).max().orElse(0) + 1;
    Path folder = numbered(runs, number);
    while (!created(folder)) {
      number++;
      folder = numbered(runs, number);
    }
    Files.createDirectory(folder.resolve("checkpoints"));
    return new RunFolder(folder);
  }

  private static Path numbered(Path runs, int number) {
    return runs.resolve(String.format(Locale.ROOT, "%04d", number));
  }

  /** Makes the folder unless another run, perhaps one starting just now, has it already. */
  private static boolean created(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  /** The last checkpoint of the newest run that has one. */
  public static Optional<Path> newestCheckpoint(Path out) throws IOException {
    Path runs = out.resolve("train");
    if (!Files.isDirectory(runs)) {
      return Optional.empty();
    }
    return numbered(runs).stream()
        .sorted(Comparator.comparingInt(RunFolder::number).reversed())
        .map(RunFolder::lastCheckpoint)
        .filter(Files::exists)
        .findFirst();
  }

  /** Where a run's last checkpoint is. */
  public static Path lastCheckpoint(Path runFolder) {
    return runFolder.resolve("checkpoints").resolve("last.zip");
  }

  private static List<Path> numbered(Path runs) throws IOException {
    try (Stream<Path> children = Files.list(runs)) {
      return children.filter(child -> number(child) > 0).toList();
    }
  }

  private static int number(Path folder) {
    String name = folder.getFileName().toString();
    return name.matches("\\d{4,7}") ? Integer.parseInt(name) : 0;
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
