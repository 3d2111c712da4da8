package io.github.sumnet.gradcheck.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.WorkedExample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallestCaseTest {

  @Test
  void of_many_samples_only_the_one_that_fails_is_left() throws InterruptedException {
    Design smallest =
        SmallestCase.of(
            design(step(batch(0, 40), batch(40, 60))),
            design -> x1(design.steps().get(0)).contains(57.0));
    assertThat(smallest.samples()).containsExactly(1);
    assertThat(x1(smallest.steps().get(0))).containsExactly(57.0);
  }

  @Test
  void what_needs_two_samples_keeps_two() throws InterruptedException {
    Design smallest =
        SmallestCase.of(
            design(step(batch(0, 33))),
            design -> x1(design.steps().get(0)).containsAll(List.of(3.0, 31.0)));
    assertThat(x1(smallest.steps().get(0))).containsExactly(3.0, 31.0);
  }

  @Test
  void what_needs_two_steps_or_two_chunks_keeps_them() throws InterruptedException {
    Design design = design(step(batch(0, 5)), step(batch(5, 8), batch(8, 9)), step(batch(9, 12)));
    Design twoSteps = SmallestCase.of(design, candidate -> candidate.steps().size() >= 2);
    assertThat(twoSteps.samples()).containsExactly(1, 1);
    Design twoChunks =
        SmallestCase.of(
            design,
            candidate -> candidate.steps().stream().anyMatch(step -> step.chunks().size() == 2));
    assertThat(twoChunks.steps()).hasSize(1);
    assertThat(twoChunks.samples()).containsExactly(2);
  }

  @Test
  void whole_chunks_are_left_out_where_one_does_not_do() throws InterruptedException {
    Design design = design(step(batch(0, 1), batch(1, 2), batch(2, 3), batch(3, 4), batch(4, 5)));
    Design smallest =
        SmallestCase.of(
            design,
            candidate ->
                candidate.steps().get(0).chunks().size() >= 2
                    && x1(candidate.steps().get(0)).contains(3.0));
    assertThat(smallest.steps().get(0).chunks()).hasSize(2);
  }

  @Test
  void the_search_ends_where_nothing_can_be_left_out_of_thousands() throws InterruptedException {
    int[] asked = {0};
    Design design = design(step(batch(0, 5000)));
    Design smallest =
        SmallestCase.of(
            design,
            candidate -> {
              asked[0]++;
              return candidate.size() == 5000;
            });
    assertThat(smallest.samples()).containsExactly(5000);
    assertThat(asked[0]).isBetween(10, 100);
  }

  private static Design design(Samples... steps) {
    return new Design(
        "", DenseNetwork.of(Topology.DEFAULT), WorkedExample.WEIGHTS.toArray(), List.of(steps));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Samples step(List<double[]>... chunks) {
    return new Samples(List.of(chunks));
  }

  private static List<double[]> batch(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> new double[] {i, 0, 0}).toList();
  }

  private static List<Double> x1(Samples samples) {
    return samples.rows().stream().map(sample -> sample[0]).toList();
  }
}
