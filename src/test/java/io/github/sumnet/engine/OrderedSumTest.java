package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OrderedSumTest {
  private final OrderedSum sum = new OrderedSum();

  @Test
  void many_threads_add_in_order_and_only_the_first_turn_is_the_first() throws Exception {
    int turns = 5000;
    AtomicInteger position = new AtomicInteger();
    List<Integer> order = new ArrayList<>();
    List<Integer> firsts = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      sum.reset();
      position.set(0);
      order.clear();
      firsts.clear();
      onThreads(
          16,
          () -> {
            for (int mine = position.getAndIncrement();
                mine < turns;
                mine = position.getAndIncrement()) {
              int place = mine;
              OrderedSum.Turn turn =
                  first -> {
                    order.add(place);
                    if (first) {
                      firsts.add(place);
                    }
                  };
              sum.add(place, turn, () -> turn);
            }
            return null;
          });
      assertThat(order).containsExactlyElementsOf(IntStream.range(0, turns).boxed().toList());
      assertThat(firsts).containsExactly(0);
    }
  }

  @Test
  void a_failure_ends_the_sum_and_is_the_first_one() throws Exception {
    AtomicInteger added = new AtomicInteger();
    AtomicInteger arriving = new AtomicInteger();
    RuntimeException planted = new IllegalStateException("planted");
    onThreads(
        8,
        () -> {
          int place = arriving.getAndIncrement();
          if (place == 0) {
            sum.fail(planted);
            sum.fail(new IllegalStateException("a consequence"));
          } else {
            sum.add(
                place, first -> added.incrementAndGet(), () -> first -> added.incrementAndGet());
          }
          return null;
        });
    assertThat(added).hasValue(0);
    assertThat(sum.failed()).isTrue();
    assertThatThrownBy(sum::rethrow).isSameAs(planted);
    sum.reset();
    sum.rethrow();
    sum.add(0, first -> added.incrementAndGet(), Assertions::fail);
    assertThat(added).hasValue(1);
  }

  private static void onThreads(int count, Callable<Void> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Void>> done =
          IntStream.range(0, count).mapToObj(i -> threads.submit(task)).toList();
      for (Future<Void> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
