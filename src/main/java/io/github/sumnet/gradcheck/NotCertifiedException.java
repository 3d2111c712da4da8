package io.github.sumnet.gradcheck;

/** A check did not pass: nothing is trained with the engine. */
public class NotCertifiedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient GradientReport report;

  NotCertifiedException(GradientReport report) {
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
