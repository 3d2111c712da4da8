package io.github.sumnet.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.JMException;
import org.junit.jupiter.api.Test;

class JitCompilerTest {
  private static final String IDLE =
      """
      Current compiles:\s

      C1 compile queue:
      Empty

      C2 compile queue:
      Empty

      """;

  @Test
  void it_is_done_when_nothing_is_compiled_and_nothing_waits() {
    assertThat(JitCompiler.hasWork(IDLE)).isFalse();
    assertThat(JitCompiler.hasWork("")).isFalse();
  }

  @Test
  void what_is_compiled_and_what_waits_is_work() {
    assertThat(
            JitCompiler.hasWork(
                IDLE.replaceFirst(
                    "\n",
                    "\nC2 CompilerThread0  1189   !   4       some.Type::method (497 bytes)\n")))
        .isTrue();
    assertThat(
            JitCompiler.hasWork(
                IDLE.replaceFirst("Empty", "1404       2       some.Type::method (13 bytes)")))
        .isTrue();
  }

  @Test
  void this_jvm_says_what_it_compiles() throws JMException {
    JitCompiler compiler = new JitCompiler();
    assertThat(compiler.queue()).contains("compile queue:");
    assertThat(compiler.seconds()).isPositive();
  }
}
