package io.github.sumnet.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CudaDriverTest {

  @ParameterizedTest
  @CsvSource({
    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 2023, 535.104.05",
    "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build, 550.54.14",
    "NVRM version: NVIDIA UNIX x86_64 Kernel Module  418.226, 418.226"
  })
  void the_version_is_read_from_the_kernel_s_text(String text, String version) {
    assertThat(CudaDriver.versionIn(text + "\nGCC version:  gcc version 12.3.0\n"))
        .contains(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GCC version:  gcc version 12.3.0", "NVRM version: unheard of"})
  void other_text_has_no_version(String text) {
    assertThat(CudaDriver.versionIn(text)).isEmpty();
  }

  @Test
  void drivers_before_release_450_are_too_old() {
    assertThat(Facts.driver("440.118.02").isTooOld()).isTrue();
    assertThat(Facts.driver("450.36.06").isTooOld()).isFalse();
    assertThat(Facts.driver("580.65.06").isTooOld()).isFalse();
  }
}
