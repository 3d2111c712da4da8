package io.github.sumnet.gradcheck.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ObservationTest {
  @Property
  void one_other_bit_is_seen_in_whichever_stage(
      @ForAll @Size(6) double[] values,
      @ForAll @IntRange(max = 5) int place,
      @ForAll @IntRange(max = 62) int bit) {
    Observation seen = of(values);
    double[] other = values.clone();
    other[place] = Double.longBitsToDouble(Double.doubleToRawLongBits(other[place]) ^ 1L << bit);

    assertThat(seen.sameBits(of(values.clone()))).isTrue();
    assertThat(seen.sameBits(of(other)))
        .isEqualTo(Double.isNaN(values[place]) && Double.isNaN(other[place]));
  }

  @Property
  void zeros_of_either_sign_differ(@ForAll boolean inTheMean) {
    double[] zeros = new double[6];
    double[] signed = new double[6];
    signed[inTheMean ? 5 : 0] = -0.0;

    assertThat(of(zeros).sameBits(of(signed))).isFalse();
  }

  /** Three values for each of two stages. */
  private static Observation of(double... values) {
    return new Observation(
        Map.of(
            Stage.LOSS,
            new double[] {values[0], values[1], values[2]},
            Stage.MEAN,
            new double[] {values[3], values[4], values[5]}));
  }
}
