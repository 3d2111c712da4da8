package io.github.sumnet.engine.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ThreadTeamTest {
  @Property(tries = 50)
  void everything_is_done_once_and_before_the_caller_returns(
      @ForAll @IntRange(min = 0, max = 7) int size,
      @ForAll @IntRange(min = 1, max = 40) int pieces,
      @ForAll @IntRange(min = 1, max = 300) int tasks) {
    try (ThreadTeam team = new ThreadTeam(size)) {
      for (int task = 0; task < tasks; task++) {
        AtomicIntegerArray done = new AtomicIntegerArray(pieces);
        AtomicInteger next = new AtomicInteger();
        int others = task % (size + 1);
        team.run(
            others,
            member -> {
              assertThat(member).isBetween(0, others);
              for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
                done.incrementAndGet(i);
              }
            },
            () -> {});
        for (int i = 0; i < pieces; i++) {
          assertThat(done.get(i)).isEqualTo(1);
        }
      }
    }
  }

  /** As where mapped memory is gone: the fault comes from anywhere. */
  @Test
  @Timeout(30)
  void a_fault_of_a_member_reaches_the_caller_and_all_later_ones() {
    InternalError fault = new InternalError("a test's");
    CountDownLatch begun = new CountDownLatch(1);
    try (ThreadTeam team = new ThreadTeam(1)) {
      IntConsumer work =
          member -> {
            if (member == 1) {
              begun.countDown();
              throw fault;
            }
            await(begun);
          };
      assertThatThrownBy(() -> team.run(1, work, () -> {})).isSameAs(fault);
      assertThatThrownBy(() -> team.run(1, member -> {}, () -> {})).isSameAs(fault);
    }
  }

  /**
   * The JVM throws the fault when it likes: also while a member begins a task or ends it. In a JVM
   * of its own, since classes whose initialisation it hits are lost. Without a compiler it comes
   * soon.
   */
  @Tag("campaign")
  @Test
  @Timeout(60)
  void a_mapped_file_that_is_cut_short_does_not_keep_the_caller_waiting(@TempDir Path folder)
      throws Exception {
    String classes = location(ThreadTeam.class) + File.pathSeparator + location(CutUnderTeam.class);
    String java = ProcessHandle.current().info().command().orElseThrow();
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                java,
                "-Xint",
                "-cp",
                classes,
                CutUnderTeam.class.getName(),
                folder.resolve("cut").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(45, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  @Timeout(30)
  void a_member_that_fails_wakes_the_caller_from_a_wait() {
    AtomicBoolean woken = new AtomicBoolean();
    try (ThreadTeam team = new ThreadTeam(1)) {
      team.run(
          1,
          member -> {
            if (member == 1) {
              team.interrupt();
              return;
            }
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
              woken.set(true);
            }
          },
          () -> {});
      assertThat(woken).isTrue();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  @Timeout(30)
  void the_caller_waits_for_a_member_that_has_begun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    try (ThreadTeam team = new ThreadTeam(1)) {
      team.run(
          1,
          member -> {
            if (member == 0) {
              await(begun);
            } else {
              begun.countDown();
              await(new CountDownLatch(1), 50);
              finished.set(true);
            }
          },
          () -> {});
      assertThat(finished).isTrue();
    }
  }

  private static void await(CountDownLatch latch) {
    await(latch, 20_000);
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /** As where a member does not get a core: it is still at the task of another caller. */
  @Test
  @Timeout(30)
  void the_caller_does_not_wait_for_a_member_that_has_not_begun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ThreadTeam team = new ThreadTeam(1)) {
      Thread other =
          new Thread(
              () ->
                  team.run(
                      1,
                      member -> {
                        if (member == 0) {
                          await(begun);
                        } else {
                          begun.countDown();
                          await(release);
                        }
                      },
                      () -> {}));
      other.start();
      await(begun);
      AtomicInteger done = new AtomicInteger();
      team.run(1, member -> done.incrementAndGet(), () -> {});
      assertThat(done).hasValue(1);
      release.countDown();
      other.join();
    }
  }
}
