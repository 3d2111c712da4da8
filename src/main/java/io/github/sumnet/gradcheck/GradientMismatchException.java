package io.github.sumnet.gradcheck;

/** An engine's gradients are not what they should be; nothing is trained with it. */
public final class GradientMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient GradientReport report;

  GradientMismatchException(GradientReport report) {
    super(
        "the gradient check of engine "
            + report.engine().type()
            + " on "
            + report.engine().place()
            + " came to the verdict '"
            + report.verdict()
            + "': "
            + report.failed()
            + " of "
            + report.checked()
            + " values differ from the truth by more than rounding can explain, "
            + report.inconclusive()
            + " could not be judged; nothing was trained");
    this.report = report;
  }

  public GradientReport report() {
    return report;
  }
}
