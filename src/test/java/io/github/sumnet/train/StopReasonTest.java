package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopReasonTest {
  @ParameterizedTest
  @CsvSource({
    "EPOCHS, ended by epochs",
    "MAX_TIME, ended by max-time",
    "STEP_LIMIT, ended by step-limit",
    "INTERRUPTED, interrupted"
  })
  void it_is_named_as_its_option_in_a_sentence(StopReason reason, String ending) {
    assertThat(reason.ending()).isEqualTo(ending);
  }
}
