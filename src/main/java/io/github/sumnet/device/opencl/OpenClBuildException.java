package io.github.sumnet.device.opencl;

/** The device's compiler refused a kernel. */
public final class OpenClBuildException extends OpenClException {
  private static final long serialVersionUID = 1L;

  private final String log;

  OpenClBuildException(String message, String log) {
    super(message);
    this.log = log;
  }

  /** What the compiler said. */
  public String log() {
    return log;
  }
}
