package io.github.sumnet.bench.worker;

import io.github.sumnet.bench.statistics.Medians;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds out when a warm-up is over. Steps are timed in windows, one after another; it is over when
 * the JIT compiler has had next to nothing to do for a number of them and the time of a step no
 * longer drifted in the last {@value #WINDOWS}: the medians of their first and second half differ
 * by at most {@value #TOLERANCE} of either, or by no more than the windows' own scatter lets two
 * such medians differ.
 */
final class SteadyState {
  static final int WINDOWS = 10;
  static final double TOLERANCE = 0.02;

  /**
   * The compiler works in bursts with pauses between them, some seconds long all in all, and what
   * it has not come to yet runs at a fraction of its speed: a new process has to be quiet for
   * longer.
   */
  static final int WINDOWS_OF_A_NEW_PROCESS = 20;

  /** More than so much of the windows' time spent compiling is no steady state. */
  static final double MOST_COMPILING = 0.02;

  private record Window(double secondsPerStep, double compiling) {}

  private final int quietWindows;
  private final Deque<Window> windows = new ArrayDeque<>();

  private SteadyState(int quietWindows) {
    this.quietWindows = quietWindows;
  }

  /** Of a process that has not computed yet. */
  static SteadyState ofNewProcess() {
    return new SteadyState(WINDOWS_OF_A_NEW_PROCESS);
  }

  /** Of one that has, something else. */
  static SteadyState ofWarmProcess() {
    return new SteadyState(WINDOWS);
  }

  /**
   * Takes the next window.
   *
   * @param compiling the time that the JIT compiler spent in it, as a share of the window's
   */
  void add(double secondsPerStep, double compiling) {
    windows.addLast(new Window(secondsPerStep, compiling));
    if (windows.size() > quietWindows) {
      windows.removeFirst();
    }
  }

  boolean isEmpty() {
    return windows.isEmpty();
  }

  boolean isReached() {
    return windows.size() == quietWindows
        && windows.stream().mapToDouble(Window::compiling).sum() <= MOST_COMPILING * quietWindows
        && !drifts();
  }

  private boolean drifts() {
    List<Double> early = times().subList(0, WINDOWS / 2);
    List<Double> late = times().subList(WINDOWS / 2, WINDOWS);
    double before = Medians.median(early);
    double after = Medians.median(late);
    double scatter = Math.max(Medians.deviation(early) * before, Medians.deviation(late) * after);
    // The standard deviation of the difference of two medians of so many normal values.
    double chance = Math.sqrt(Math.PI / (WINDOWS / 2.0)) * scatter;
    return Math.abs(after - before) > Math.max(TOLERANCE * Math.min(before, after), chance);
  }

  private List<Double> times() {
    return windows.stream()
        .skip(Math.max(0, windows.size() - WINDOWS))
        .map(Window::secondsPerStep)
        .toList();
  }

  /** The median time of a step in the last windows. */
  double secondsPerStep() {
    return Medians.median(times());
  }
}
