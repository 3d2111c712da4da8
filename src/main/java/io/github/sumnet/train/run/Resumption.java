package io.github.sumnet.train.run;

import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.data.file.UnusableFileException;
import io.github.sumnet.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --resume} points at: a checkpoint and the file it is in. */
public record Resumption(Path file, Checkpoint checkpoint) {
  /**
   * Finds and reads it.
   *
   * @param what what asks for it, for messages: a flag or an argument
   * @param target "last", a run folder or a checkpoint
   * @param out the folder that holds runs
   * @throws UnusableFileException if there is none
   * @throws io.github.sumnet.train.CheckpointException if it is damaged
   */
  public static Resumption find(String what, String target, Path out) {
    Path file = locate(what, target, out);
    return new Resumption(file, Checkpoint.read(file));
  }

  private static Path locate(String what, String target, Path out) {
    if (target.equals("last")) {
      try {
        return RunFolder.newestCheckpoint(out)
            .orElseThrow(
                () ->
                    new UnusableFileException(
                        what + " last: no run in " + out + " has a checkpoint"));
      } catch (IOException unreadable) {
        throw new UnusableFileException(
            what + " last: cannot look into " + out + ": " + FileFailure.cause(unreadable));
      }
    }
    Path path = Path.of(target);
    Path file = Files.isDirectory(path) ? RunFolder.lastCheckpoint(path) : path;
    if (!Files.isRegularFile(file)) {
      throw new UnusableFileException(
          what
              + ": there is no checkpoint "
              + file
              + "; give 'last', a run folder or a checkpoint");
    }
    return file;
  }
}
