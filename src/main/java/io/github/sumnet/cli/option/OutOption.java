package io.github.sumnet.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs are kept. */
public final class OutOption {
  public static final String DEFAULT = "runs";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "The folder that holds runs (default: ${DEFAULT-VALUE}).")
  private Path out;

  public Path folder() {
    return out;
  }
}
