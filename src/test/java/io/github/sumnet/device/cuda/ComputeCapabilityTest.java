package io.github.sumnet.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeCapabilityTest {

  @ParameterizedTest(name = "{0}.{1} {2}")
  @CsvSource({
    "3,0,false", "3,5,false", "3,7,true", "5,0,true", "5,3,true", "6,1,true", "7,5,true",
    "8,0,true", "8,6,true", "8,9,true", "9,0,false", "10,0,false", "12,0,false", "2,1,false"
  })
  void only_generations_that_nd4j_was_compiled_for_run_it(int major, int minor, boolean runs) {
    assertThat(new ComputeCapability(major, minor).runsNd4j()).isEqualTo(runs);
  }

  @Property
  void nothing_newer_than_ada_runs_it(
      @ForAll @IntRange(min = 9, max = 99) int major, @ForAll @IntRange(max = 9) int minor) {
    assertThat(new ComputeCapability(major, minor).runsNd4j()).isFalse();
  }
}
