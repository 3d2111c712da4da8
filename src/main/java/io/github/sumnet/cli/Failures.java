package io.github.sumnet.cli;

import io.github.sumnet.cli.option.Nearest;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.Printable;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.data.file.UnusableFileException;
import io.github.sumnet.device.DeviceUnavailableException;
import io.github.sumnet.device.opencl.OpenClBuildException;
import io.github.sumnet.device.opencl.OpenClException;
import io.github.sumnet.gradcheck.GradientMismatchException;
import io.github.sumnet.gradcheck.NotCertifiedException;
import io.github.sumnet.gradcheck.SpotCheckException;
import io.github.sumnet.report.check.GradientCheckReport;
import io.github.sumnet.report.document.OutputFormat;
import io.github.sumnet.train.DivergedException;
import io.github.sumnet.train.WorkerRefusedException;
import io.github.sumnet.train.WorkersLostException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place that turns a failure into a message on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** A compiler's later complaints follow from its first ones. */
  private static final int LINES_OF_LOG = 10;

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    return usage(failure.getCommandLine(), failure.getMessage() + hint(failure));
  }

  private static int usage(CommandLine command, String message) {
    command.getErr().println("sumnet: " + Printable.text(message));
    command
        .getErr()
        .println(
            "See '" + command.getCommandSpec().qualifiedName() + " --help' for what is accepted.");
    return ExitCode.USAGE.code();
  }

  private static String hint(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    return Nearest.hint(
        word,
        word.startsWith("-") ? command.optionsMap().keySet() : command.subcommands().keySet());
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof OptionException wrong) {
      return usage(command, wrong.getMessage());
    }
    boolean stackTrace = parsed.originalArgs().contains("--stack-trace");
    return report(failure, command, stackTrace).code();
  }

  /** Says what failed and returns the exit code for it. */
  static ExitCode report(Exception failure, CommandLine command, boolean stackTrace) {
    if (failure instanceof NotCertifiedException refused) {
      command.getErr().print(OutputFormat.TEXT.of(new GradientCheckReport(refused.report())));
    }
    if (failure instanceof OpenClBuildException refused) {
      refused.log().lines().limit(LINES_OF_LOG).forEach(command.getErr()::println);
    }
    command.getErr().println("sumnet: " + Printable.text(reason(failure)));
    if (stackTrace) {
      failure.printStackTrace(command.getErr());
    }
    return exitCode(failure);
  }

  private static ExitCode exitCode(Exception failure) {
    if (failure instanceof UnusableFileException) {
      return ExitCode.USAGE;
    }
    if (failure instanceof GradientMismatchException
        || failure instanceof SpotCheckException
        || failure instanceof WorkerRefusedException) {
      return ExitCode.GRADIENT_MISMATCH;
    }
    if (failure instanceof NotCertifiedException) {
      return ExitCode.NOT_CERTIFIED;
    }
    if (failure instanceof DeviceUnavailableException
        || failure instanceof OpenClException
        || failure instanceof WorkersLostException) {
      return ExitCode.DEVICE_UNAVAILABLE;
    }
    if (failure instanceof DivergedException) {
      return ExitCode.DIVERGED;
    }
    if (failure instanceof DataException) {
      return ExitCode.BAD_DATA;
    }
    return ExitCode.INTERNAL_ERROR;
  }

  private static String reason(Exception failure) {
    if (failure instanceof OpenClException) {
      return "OpenCL: "
          + FileFailure.reason(failure)
          + "; 'sumnet doctor' shows the devices, --device cpu does without them";
    }
    return FileFailure.reason(failure);
  }
}
