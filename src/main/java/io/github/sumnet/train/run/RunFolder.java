package io.github.sumnet.train.run;

import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.data.file.UnusableFileException;
import io.github.sumnet.train.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of one training run, one of {@link NumberedFolders}: one that exists is never written
 * into by another run.
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
    Path folder = runs(out).create();
    Files.createDirectory(folder.resolve("checkpoints"));
    return new RunFolder(folder);
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
   * @throws io.github.sumnet.train.CheckpointException if it is damaged
   */
  public static Checkpoint checkpoint(String what, String target, Path out) {
    if (target.equals("last")) {
      try {
        return Checkpoint.read(
            newestCheckpoint(out)
                .orElseThrow(
                    () ->
                        new UnusableFileException(
                            what + " last: no run in " + out + " has a checkpoint")));
      } catch (IOException unreadable) {
        throw new UnusableFileException(
            what + " last: cannot look into " + out + ": " + FileFailure.cause(unreadable));
      }
    }
    Path path = Path.of(target);
    Path file = Files.isDirectory(path) ? lastCheckpoint(path) : path;
    if (!Files.isRegularFile(file)) {
      throw new UnusableFileException(
          what
              + ": there is no checkpoint "
              + file
              + "; give 'last', a run folder or a checkpoint");
    }
    return Checkpoint.read(file);
  }

  /** Where a run's last checkpoint is. */
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
