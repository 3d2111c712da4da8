package io.github.sumnet.engine.textbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.ExactWorkedExample;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.WorkedExample;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ReferenceTest {
  @Property(tries = 50)
  void the_mean_over_any_number_of_equal_samples_is_that_of_the_worked_example(
      @ForAll @IntRange(min = 1, max = 500) int samples) {
    Batch batch = Batch.allocate(Precision.DOUBLE, samples);
    batch.resize(samples);
    for (int i = 0; i < samples; i++) {
      batch.set(i, WorkedExample.X1, WorkedExample.X2, WorkedExample.TARGET);
    }
    LossAndGradient mean = Reference.lossAndGradient(WorkedExample.WEIGHTS, batch);
    assertThat(mean.loss()).isCloseTo(ExactWorkedExample.value("loss"), within(1e-13));
    assertThat(mean.gradient().toArray())
        .containsExactly(ExactWorkedExample.gradient().toArray(), within(1e-13));
  }
}
