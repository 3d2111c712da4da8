package io.github.sumnet.cli.option;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.file.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs are kept. */
public final class OutOption {
  public static final String DEFAULT = "runs";

  /** Makes a folder for a run in the folder that holds runs. */
  public interface Maker<T> {
    T make(Path folder) throws IOException;
  }

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "The folder that holds runs (default: ${DEFAULT-VALUE}).")
  private Path out;

  public Path folder() {
    return out;
  }

  /**
   * Makes a folder for a run in this one.
   *
   * @throws OptionException if that cannot be written
   */
  public <T> T create(Maker<T> run) {
    try {
      return run.make(out);
    } catch (IOException unwritable) {
      throw new OptionException(
          "--out: cannot make a run folder in " + out + ": " + FileFailure.reason(unwritable));
    }
  }
}
