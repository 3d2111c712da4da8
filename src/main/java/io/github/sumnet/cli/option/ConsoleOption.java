package io.github.sumnet.cli.option;

import io.github.sumnet.data.VectorServices;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.engine.EngineType;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What a command says on stderr, beside its result. */
public final class ConsoleOption {
  /** Said where the JVM has no vectors. */
  public static final String NO_VECTORS =
      "the fused engine computes sample by sample, many times slower than it could, with the same"
          + " results: the JVM was started without --add-modules jdk.incubator.vector, which"
          + " scripts/sumnet adds";

  @Spec(Target.MIXEE)
  CommandSpec command;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  private boolean quiet;

  public boolean isQuiet() {
    return quiet;
  }

  public PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** Says something, unless nobody wants to hear it. */
  public void say(String line) {
    if (!quiet) {
      err().println(line);
    }
  }

  public void warn(String warning) {
    err().println("warning: " + warning);
  }

  /**
   * Says where an engine computes, where that may not be what was expected.
   *
   * @param doing what the command does, such as "training"
   * @param inFloat whether it computes in float
   */
  public void announce(String doing, EngineType engine, DeviceSelection device, boolean inFloat) {
    if (device.fellBack()) {
      say(doing + " on the CPU: " + device.reason());
    }
    if (engine == EngineType.FUSED
        && device.device() == Device.CPU
        && !VectorServices.isAvailable()) {
      say(NO_VECTORS);
    }
    if (inFloat) {
      device.roundingNotice().ifPresent(this::warn);
    }
  }
}
