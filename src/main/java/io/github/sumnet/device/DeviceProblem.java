package io.github.sumnet.device;

/** One thing that keeps a device from being used, and what the user can do about it. */
public interface DeviceProblem {
  /** What is wrong: a clause that can follow a colon. */
  String summary();

  /** What to do: one line. */
  String fix();

  /** A name for programs, such as NoDriver. */
  default String id() {
    return getClass().getSimpleName();
  }
}
