package io.github.sumnet.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that every command takes. */
public final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Read option values from a properties file (batch-size=4096). A flag wins over the"
              + " environment (SUMNET_BATCH_SIZE), which wins over the file. SUMNET_CONFIG names a file for"
              + " every command.")
  Path config;

  @Option(
      names = "--stack-trace",
      description = "Print the stack trace of a failure, not only its message.")
  boolean stackTrace;
}
