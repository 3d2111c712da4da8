package io.github.sumnet.engine.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

public class TreeSumTest {
  /** The definition: what is left of the largest power of two below n, and the rest, are added. */
  public static double[] sum(List<double[]> parts, Precision precision) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int half = Integer.highestOneBit(parts.size() - 1);
    double[] left = sum(parts.subList(0, half), precision);
    double[] right = sum(parts.subList(half, parts.size()), precision);
    double[] sum = new double[left.length];
    for (int k = 0; k < sum.length; k++) {
      sum[k] = precision.round(left[k] + right[k]);
    }
    return sum;
  }

  /** Numbers whose sums differ in nearly any other order. */
  private static List<double[]> parts(int count, Precision precision, Random random) {
    return random
        .doubles(count)
        .mapToObj(x -> new double[] {precision.round(Math.exp(20 * x)), precision.round(x - 0.5)})
        .toList();
  }

  private static ChunkSum chunk(double[] part, Precision precision) {
    return new ChunkSum(new HostSum(part, precision), part[0], 1);
  }

  @Property
  void its_bits_depend_on_the_chunks_alone_in_whatever_order_they_come(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 300) int count,
      @ForAll Random random) {
    List<double[]> parts = parts(count, precision, random);
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, random);
    try (TreeSum tree = new TreeSum(count)) {
      double[] reused = new double[2];
      for (int position : order) {
        System.arraycopy(parts.get(position), 0, reused, 0, reused.length);
        tree.add(position, chunk(reused, precision));
      }
      assertThat(((HostSum) tree.total().gradient()).values()).isEqualTo(sum(parts, precision));
      assertThat(tree.total().loss())
          .isEqualTo(sum(parts, Precision.DOUBLE)[0])
          .isEqualTo(TreeSum.of(parts.stream().mapToDouble(part -> part[0]).toArray()));
      assertThat(tree.total().samples()).isEqualTo(count);
    }
  }

  @Property
  void aligned_runs_may_be_summed_elsewhere_and_come_in_whatever_order(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 300) int count,
      @ForAll @IntRange(min = 0, max = 9) int level,
      @ForAll Random random) {
    List<double[]> parts = parts(count, precision, random);
    List<Integer> places =
        new ArrayList<>(IntStream.range(0, ((count - 1) >> level) + 1).boxed().toList());
    Collections.shuffle(places, random);
    try (TreeSum tree = new TreeSum(count)) {
      for (int place : places) {
        int first = place << level;
        int end = Math.min(first + (1 << level), count);
        try (TreeSum run = new TreeSum(end - first)) {
          for (int position = first; position < end; position++) {
            run.add(position - first, chunk(parts.get(position).clone(), precision));
          }
          tree.add(level, place, run.total());
        }
      }
      assertThat(((HostSum) tree.total().gradient()).values()).isEqualTo(sum(parts, precision));
    }
  }

  @Property(tries = 30)
  void many_threads_may_add_at_the_same_time(
      @ForAll @IntRange(min = 1, max = 2000) int count,
      @ForAll @IntRange(min = 2, max = 8) int threads,
      @ForAll Random random)
      throws Exception {
    List<double[]> parts = parts(count, Precision.FLOAT, random);
    ChunkShares shares = new ChunkShares(count, threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (TreeSum tree = new TreeSum(count)) {
      List<Future<?>> members = new ArrayList<>();
      for (int m = 0; m < threads; m++) {
        int member = m;
        members.add(
            pool.submit(
                () -> {
                  for (int c = shares.claim(member); c >= 0; c = shares.claim(member)) {
                    tree.add(c, chunk(parts.get(c).clone(), Precision.FLOAT));
                  }
                }));
      }
      for (Future<?> member : members) {
        member.get();
      }
      assertThat(((HostSum) tree.total().gradient()).values())
          .isEqualTo(sum(parts, Precision.FLOAT));
    } finally {
      pool.shutdownNow();
    }
  }

  @Example
  void without_a_chunk_there_is_no_total() {
    try (TreeSum tree = new TreeSum(2)) {
      tree.add(1, chunk(new double[] {1, 1}, Precision.DOUBLE));
      assertThatThrownBy(tree::total).isInstanceOf(NullPointerException.class);
    }
  }

  /** Counts how many additions are behind it, and the copies of all that have not been closed. */
  private static final class Counted implements GradientSum {
    final int[] alive;
    final boolean copy;
    int additions;

    Counted(int[] alive, boolean copy) {
      this.alive = alive;
      this.copy = copy;
      alive[0] += copy ? 1 : 0;
      alive[1] = Math.max(alive[0], alive[1]);
    }

    @Override
    public GradientSum copy() {
      return new Counted(alive, true);
    }

    @Override
    public void add(GradientSum other) {
      additions = Math.max(additions, ((Counted) other).additions) + 1;
    }

    @Override
    public void storeIn(Dl4jModel model) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      alive[0] -= copy ? 1 : 0;
    }
  }

  private static int log2(int count) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
  }

  /**
   * Members in turn, each through its own share: what threads of the same speed do. A run of chunks
   * that begins and ends anywhere is at most two subtrees of each level, one at either end.
   */
  @Property(tries = 200)
  void every_member_keeps_two_sums_a_level_at_most_and_a_chunk_is_in_few_additions(
      @ForAll @IntRange(min = 1, max = 3000) int count,
      @ForAll @IntRange(min = 1, max = 16) int members) {
    int[] alive = new int[2];
    ChunkShares shares = new ChunkShares(count, members);
    try (TreeSum tree = new TreeSum(count)) {
      for (int i = 0; i < count; i++) {
        tree.add(shares.claim(i % members), new ChunkSum(new Counted(alive, false), 0, 1));
      }
      assertThat(((Counted) tree.total().gradient()).additions).isEqualTo(log2(count));
    }
    int share = (count + members - 1) / members;
    assertThat(alive[1]).isLessThanOrEqualTo(members * (2 * log2(share) + 1));
    assertThat(alive[0]).isZero();
  }

  @Example
  void sixteen_members_on_the_widest_network_keep_some_megabytes() {
    int[] alive = new int[2];
    int count = 462;
    ChunkShares shares = new ChunkShares(count, 16);
    try (TreeSum tree = new TreeSum(count)) {
      for (int i = 0; i < count; i++) {
        tree.add(shares.claim(i % 16), new ChunkSum(new Counted(alive, false), 0, 1));
      }
    }
    assertThat(alive[1] * 8L * 3 * Topology.MAX_HIDDEN).isLessThan(10_000_000);
  }
}
