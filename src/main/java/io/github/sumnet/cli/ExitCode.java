package io.github.sumnet.cli;

/** What the process tells its caller; the numbers are part of the command line's contract. */
public enum ExitCode {
  OK(0, "success"),
  INTERNAL_ERROR(1, "internal error, or a result that could not be written"),
  USAGE(2, "a flag, a value or a config file is wrong"),
  GRADIENT_MISMATCH(3, "the engine's gradients are wrong"),
  DEVICE_UNAVAILABLE(4, "the requested device, or cluster, cannot be used"),
  DIVERGED(5, "training diverged: NaN or infinite loss or weights"),
  REGRESSION(6, "compare --fail-if: a regression was found"),
  BAD_DATA(7, "a data file, a checkpoint or a benchmark is damaged or does not fit"),
  NOT_CERTIFIED(8, "no gradient is wrong, but not all of them could be judged"),
  INTERRUPTED(130, "interrupted, after writing what it takes to go on");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }
}
