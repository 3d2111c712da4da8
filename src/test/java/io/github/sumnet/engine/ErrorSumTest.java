package io.github.sumnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Precision;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class ErrorSumTest {
  @Property(tries = 200)
  void parts_add_up_to_the_whole(
      @ForAll @Size(min = 2, max = 30) List<@DoubleRange(min = -1, max = 1) Double> errors,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double origin,
      @ForAll @DoubleRange(min = 0, max = 1) double cut) {
    int at = (int) Math.round(1 + cut * (errors.size() - 2));

    ErrorSum whole = of(errors, origin);
    ErrorSum parts =
        ErrorSum.NONE
            .plus(of(errors.subList(0, at), origin))
            .plus(of(errors.subList(at, errors.size()), origin));

    assertThat(parts.samples()).isEqualTo(errors.size());
    assertThat(parts.largest()).isEqualTo(whole.largest());
    assertThat(parts.squares()).isCloseTo(whole.squares(), within(1e-9));
    assertThat(parts.mean()).isCloseTo(whole.mean(), within(1e-9));
    assertThat(parts.squaredDistances()).isCloseTo(whole.squaredDistances(), within(1e-7));
  }

  /** Targets at the origin plus an error that is known, predictions at the origin. */
  private static ErrorSum of(List<Double> errors, double origin) {
    Batch batch = Batch.allocate(Precision.DOUBLE, errors.size());
    batch.resize(errors.size());
    double[] predictions = new double[errors.size()];
    for (int i = 0; i < predictions.length; i++) {
      batch.set(i, 0, 0, origin + errors.get(i));
      predictions[i] = origin;
    }
    return ErrorSum.of(batch, predictions);
  }
}
