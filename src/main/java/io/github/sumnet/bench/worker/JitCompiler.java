package io.github.sumnet.bench.worker;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** This JVM's just-in-time compiler, as far as it says what it does. */
final class JitCompiler {
  private static final String QUEUE = "compilerQueue";
  private static final String NOTHING = "Empty";

  private final CompilationMXBean times = ManagementFactory.getCompilationMXBean();
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName diagnostics;

  JitCompiler() {
    try {
      diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
    } catch (JMException impossible) {
      throw new IllegalStateException("a constant name of a bean is refused", impossible);
    }
  }

  /** The time that compilations took which have ended, of all its threads together. */
  double seconds() {
    return times == null ? 0 : times.getTotalCompilationTime() / 1e3;
  }

  /**
   * Whether it compiles something now or has methods waiting for it: code that it has not come to
   * yet takes as long as before, and a compilation counts in {@link #seconds} only once it is over.
   * False where the JVM does not say.
   */
  boolean isBusy() {
    try {
      return hasWork(queue());
    } catch (JMException unknown) {
      return false;
    }
  }

  /** What it compiles and what waits for it, as the JVM prints them. */
  String queue() throws JMException {
    Object[] none = {new String[0]};
    return server
        .invoke(diagnostics, QUEUE, none, new String[] {String[].class.getName()})
        .toString();
  }

  /** Whether a list of what is compiled and what waits, headings ended by colons, has an entry. */
  static boolean hasWork(String queue) {
    return queue
        .lines()
        .map(String::strip)
        .anyMatch(line -> !line.isEmpty() && !line.endsWith(":") && !line.equals(NOTHING));
  }
}
