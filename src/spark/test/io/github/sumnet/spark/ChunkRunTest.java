package io.github.sumnet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.engine.chunk.ChunkSum;
import io.github.sumnet.engine.chunk.HostSum;
import io.github.sumnet.engine.chunk.TreeSum;
import io.github.sumnet.network.Precision;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class ChunkRunTest {
  @Test
  void shares_of_a_step_add_up_to_the_bits_of_all_its_chunks_however_they_are_cut() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      int all = 1 + random.nextInt(300);
      float[] values = new float[all];
      try (TreeSum expected = new TreeSum(all);
          TreeSum found = new TreeSum(all)) {
        for (int i = 0; i < all; i++) {
          values[i] = (float) Math.exp(20 * random.nextDouble());
          expected.add(0, i, sum(values[i]));
        }
        int from = 0;
        while (from < all) {
          int to = from + 1 + random.nextInt(all - from);
          List<ChunkRun> runs = ChunkRun.of(from, to, all);
          assertThat(runs).hasSizeLessThanOrEqualTo(2 * 9);
          assertThat(runs.stream().mapToInt(ChunkRun::chunks).sum()).isEqualTo(to - from);
          runs.forEach(run -> found.add(run.level(), run.place(), total(values, run)));
          from = to;
        }
        assertThat(value(found.total())).isEqualTo(value(expected.total()));
      }
    }
  }

  @Test
  void a_step_of_one_task_is_one_run() {
    for (int all = 1; all < 100; all++) {
      assertThat(ChunkRun.of(0, all, all)).hasSize(1);
    }
    assertThat(ChunkRun.of(1, 7, 9))
        .containsExactly(
            new ChunkRun(0, 1, 1),
            new ChunkRun(1, 1, 2),
            new ChunkRun(1, 2, 2),
            new ChunkRun(0, 6, 1));
    assertThat(ChunkRun.of(0, 1 << 20, Integer.MAX_VALUE)).hasSize(1);
  }

  private static ChunkSum total(float[] values, ChunkRun run) {
    try (TreeSum tree = new TreeSum(run.chunks())) {
      for (int i = 0; i < run.chunks(); i++) {
        tree.add(0, i, sum(values[run.first() + i]));
      }
      return tree.total();
    }
  }

  private static ChunkSum sum(float value) {
    return new ChunkSum(new HostSum(new double[] {value}, Precision.FLOAT), value, 1);
  }

  private static double value(ChunkSum sum) {
    return ((HostSum) sum.gradient()).values()[0];
  }
}
