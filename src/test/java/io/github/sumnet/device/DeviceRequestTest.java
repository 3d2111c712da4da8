package io.github.sumnet.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceRequestTest {

  @Property
  void what_is_printed_is_read_back_in_any_case(@ForAll @IntRange(max = 999_999_999) int number) {
    DeviceRequest request = DeviceRequest.openCl(number);

    assertThat(request).hasToString("opencl:" + number);
    assertThat(DeviceRequest.parse(request.toString())).isEqualTo(request);
    assertThat(DeviceRequest.parse("OpenCL:" + number)).isEqualTo(request);
  }

  @Test
  void every_kind_is_read_without_a_number() {
    for (DeviceRequest.Kind kind : DeviceRequest.Kind.values()) {
      DeviceRequest request = DeviceRequest.parse(kind.toString());

      assertThat(request.kind()).isEqualTo(kind);
      assertThat(request.number()).isEmpty();
      assertThat(DeviceRequest.parse(kind.name().toUpperCase(Locale.ROOT))).isEqualTo(request);
    }
    assertThat(DeviceRequest.parse("opencl")).isEqualTo(DeviceRequest.OPENCL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "tpu",
        "opencl:",
        "opencl:x",
        "opencl:-1",
        "opencl:+1",
        "opencl:1.0",
        "opencl:0x1",
        "opencl:1:2",
        "opencl:9999999999",
        "opencl: 1",
        "opencl:١",
        "cuda:1",
        "cpu:0",
        "auto:0",
        ":0",
        "0"
      })
  void anything_else_is_refused_with_what_is_accepted(String text) {
    assertThatThrownBy(() -> DeviceRequest.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected auto, cpu, cuda, opencl or opencl:N (N from 0, ")
        .hasMessageEndingWith("not '" + text + "'");
  }
}
