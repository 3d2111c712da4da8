package io.github.sumnet.cli;

import io.github.sumnet.data.file.FileFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;

/** The process's output. It remembers a write that failed, which a PrintWriter hides. */
final class StandardOutput extends OutputStream {
  /** What POSIX calls EPIPE; Java has no type for it. */
  private static final String READER_IS_GONE = "Broken pipe";

  private final OutputStream stream;
  private IOException failure;

  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException lost) {
      failure = lost;
      throw lost;
    }
  }

  /**
   * The exit code in view of what was written. A reader that has seen enough, such as head, is no
   * failure; a command that failed keeps its own code.
   */
  int exitCode(int ofCommand, PrintWriter err) {
    if (failure == null || READER_IS_GONE.equals(failure.getMessage())) {
      return ofCommand;
    }
    err.println("sumnet: cannot write to standard output: " + FileFailure.cause(failure));
    return ofCommand == ExitCode.OK.code() ? ExitCode.INTERNAL_ERROR.code() : ofCommand;
  }
}
