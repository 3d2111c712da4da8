package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.VectorServices.WarmUp;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final long PLAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  @Test
  void is_over_once_the_vectors_are_faster_and_not_before() {
    Clock clock = new Clock();
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch fourth = new CountDownLatch(4);
    CountDownLatch looked = new CountDownLatch(1);
    WarmUp warmUp =
        WarmUp.begin(
            () -> {
              fourth.countDown();
              if (calls.incrementAndGet() <= 3) {
                clock.pass(PLAIN_NANOS);
              } else {
                await(looked);
                clock.pass(PLAIN_NANOS - 1);
              }
            },
            () -> clock.pass(PLAIN_NANOS),
            () -> true,
            clock);

    await(fourth);
    assertThat(warmUp.isOver()).isFalse();
    looked.countDown();
    awaitTurns();
    assertThat(warmUp.isOver()).isTrue();
    assertThat(calls).hasValue(4);
  }

  @Test
  void is_never_over_where_the_bits_differ_and_given_up_after_20_seconds_of_vectors() {
    Clock clock = new Clock();
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch last = new CountDownLatch(20);
    WarmUp warmUp =
        WarmUp.begin(
            () -> {
              clock.pass(TimeUnit.SECONDS.toNanos(1));
              calls.incrementAndGet();
              last.countDown();
            },
            () -> clock.pass(TimeUnit.SECONDS.toNanos(2)),
            () -> false,
            clock);

    await(last);
    awaitTurns();
    assertThat(warmUp.isOver()).isFalse();
    assertThat(calls).hasValue(20);
  }

  /** Passes only as the tasks say, so that no load of the machine changes a comparison. */
  private static final class Clock implements LongSupplier {
    private final AtomicLong nanos = new AtomicLong();

    void pass(long more) {
      nanos.addAndGet(more);
    }

    @Override
    public long getAsLong() {
      return nanos.get();
    }
  }

  /** Waits until every other warm-up that has not ended has had a turn. */
  private static void awaitTurns() {
    CountDownLatch turns = new CountDownLatch(2);
    Clock clock = new Clock();
    WarmUp.begin(
        () -> {
          turns.countDown();
          clock.pass(turns.getCount());
        },
        () -> clock.pass(1),
        () -> true,
        clock);
    await(turns);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
