package io.github.sumnet.device.opencl;

/** An OpenCL device could not do what it was told. */
public class OpenClException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OpenClException(String message) {
    super(message);
  }

  public OpenClException(String message, Throwable cause) {
    super(message, cause);
  }
}
