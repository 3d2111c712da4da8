package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.VectorServices.WarmUp;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  @Test
  void is_over_once_the_vectors_are_faster_and_not_before() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch slowCalls = new CountDownLatch(3);
    CountDownLatch looked = new CountDownLatch(1);
    WarmUp warmUp =
        WarmUp.begin(
            () -> {
              int call = calls.incrementAndGet();
              if (call <= 3) {
                LockSupport.parkNanos(2 * SLOW_NANOS);
              } else if (call == 4) {
                await(looked);
              }
              slowCalls.countDown();
            },
            () -> LockSupport.parkNanos(SLOW_NANOS),
            () -> true);

    await(slowCalls);
    assertThat(warmUp.isOver()).isFalse();
    LockSupport.parkNanos(2 * SLOW_NANOS);
    looked.countDown();
    long start = System.nanoTime();
    while (!warmUp.isOver() && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
      Thread.sleep(5);
    }
    assertThat(warmUp.isOver()).isTrue();
  }

  @Test
  void is_never_over_where_the_bits_differ() {
    CountDownLatch calls = new CountDownLatch(20);
    WarmUp warmUp =
        WarmUp.begin(calls::countDown, () -> LockSupport.parkNanos(SLOW_NANOS / 20), () -> false);

    await(calls);
    assertThat(warmUp.isOver()).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
