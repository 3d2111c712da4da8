package io.github.sumnet.report.document;

import java.util.List;

/** What was tested, as a CI server shows it. */
public record TestSuite(String name, List<Case> cases) {
  /** How a test ended. */
  public enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  /**
   * One test.
   *
   * @param message why it failed or was skipped, in a sentence; empty if it passed
   * @param details more about it; may be empty
   */
  public record Case(String name, Outcome outcome, String message, String details) {
    /** A test that passed unless something is wrong. */
    public static Case of(String name, boolean failed, String message) {
      return new Case(name, failed ? Outcome.FAILED : Outcome.PASSED, failed ? message : "", "");
    }
  }

  long count(Outcome outcome) {
    return cases.stream().filter(each -> each.outcome() == outcome).count();
  }
}
