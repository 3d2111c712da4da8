package io.github.sumnet.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * How many cores other processes keep busy from a moment on; what a virtual machine's host takes
 * away counts as theirs. Linux only, and only where this process may use all cores.
 */
final class MachineLoad {
  private static final Path STATUS = Path.of("/proc/stat");
  private static final String CORE = "cpu";

  /** Of user, nice, system, idle, waiting for a disk, two kinds of interrupts, and stolen. */
  private static final int COUNTERS = 8;

  private static final int IDLE = 3;
  private static final int WAITING = 4;

  /** Of all cores together; empty if unknown. */
  private final long[] before = counters();

  private final long start = System.nanoTime();
  private final Duration ownBefore = cpuTime(ProcessHandle.current());

  /**
   * How many since then on average, without this process and some others.
   *
   * @param own processes that were started since
   * @return null if the system does not say, or one of the others is gone
   */
  Double busyCores(Collection<ProcessHandle> own) {
    long[] now = counters();
    if (before.length == 0 || now.length == 0 || !own.stream().allMatch(ProcessHandle::isAlive)) {
      return null;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double idle = now[IDLE] - before[IDLE] + now[WAITING] - before[WAITING];
    double all = Arrays.stream(now).sum() - Arrays.stream(before).sum();
    Duration ours = cpuTime(ProcessHandle.current()).minus(ownBefore);
    for (ProcessHandle process : own) {
      ours = ours.plus(cpuTime(process));
    }
    double busy = Runtime.getRuntime().availableProcessors() * (1 - idle / all);
    return all == 0 ? null : Math.max(0, busy - ours.toMillis() / 1e3 / seconds);
  }

  private static Duration cpuTime(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static long[] counters() {
    try {
      List<String> lines =
          Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(CORE)).toList();
      if (lines.size() - 1 != Runtime.getRuntime().availableProcessors()) {
        return new long[0];
      }
      return Arrays.stream(lines.get(0).split("\\s+"))
          .skip(1)
          .limit(COUNTERS)
          .mapToLong(Long::parseLong)
          .toArray();
    } catch (IOException | NumberFormatException notLinux) {
      return new long[0];
    }
  }
}
