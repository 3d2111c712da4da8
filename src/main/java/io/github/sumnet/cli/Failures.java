package io.github.sumnet.cli;

import io.github.sumnet.device.DeviceUnavailableException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The one place that turns a failure into a message on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("sumnet: " + failure.getMessage());
    command
        .getErr()
        .println(
            "See '" + command.getCommandSpec().qualifiedName() + " --help' for what is accepted.");
    return ExitCode.USAGE.code();
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ParameterException usage) {
      return handleParseException(usage, new String[0]);
    }
    command.getErr().println("sumnet: " + failure.getMessage());
    return exitCode(failure).code();
  }

  private static ExitCode exitCode(Exception failure) {
    if (failure instanceof DeviceUnavailableException) {
      return ExitCode.DEVICE_UNAVAILABLE;
    }
    return ExitCode.INTERNAL_ERROR;
  }
}
