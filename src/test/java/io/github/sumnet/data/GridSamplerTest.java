package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.network.Precision;
import io.github.sumnet.network.SplitMix64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Also on machines where the one on vectors would not be fast. */
class GridSamplerTest {
  private static final List<GridSampler> SAMPLERS =
      List.of(new PlainGridSampler(), VectorServices.find(GridSampler.class).orElseThrow());

  @Provide
  Arbitrary<GridSampler> samplers() {
    return Arbitraries.of(SAMPLERS);
  }

  @Provide
  Arbitrary<InputRange> ranges() {
    return InputRanges.all();
  }

  @Property
  void groups_hold_the_samples_that_are_defined_one_by_one(
      @ForAll("samplers") GridSampler sampler,
      @ForAll long seed,
      @ForAll("ranges") InputRange range,
      @ForAll @IntRange(min = 1, max = 5) int groups,
      @ForAll Precision precision) {
    int count = groups * sampler.group();
    SyntheticBatches source = new SyntheticBatches(seed, range, count);
    GridSampler.Grid grid =
        new GridSampler.Grid((int) range.firstGridIndex(), range.gridPoints(), range.grid());
    long counter = SplitMix64.mix(seed) + SplitMix64.GOLDEN_GAMMA;
    Batch together = Batch.allocate(precision, count);
    if (together instanceof FloatBatch batch) {
      sampler.fill(batch, 0, count, counter, grid);
    } else if (together instanceof DoubleBatch batch) {
      sampler.fill(batch, 0, count, counter, grid);
    }
    Batch one = Batch.allocate(precision, 1);
    for (int i = 0; i < count; i++) {
      source.read(i, 1, one);
      assertThat(together.x1(i)).isEqualTo(one.x1(0));
      assertThat(together.x2(i)).isEqualTo(one.x2(0));
      assertThat(together.y(i)).isEqualTo(one.y(0));
    }
  }
}
