package io.github.sumnet.gradcheck;

/** An engine's gradients are not what they should be; nothing is trained with it. */
public final class GradientMismatchException extends NotCertifiedException {
  private static final long serialVersionUID = 1L;

  GradientMismatchException(GradientReport report) {
    super(report);
  }
}
