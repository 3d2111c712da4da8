package io.github.sumnet.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Binds this JVM's ND4J to the CPU, which is what every test in this JVM wants. */
class BackendBindingTest {
  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @Test
  void nd4j_computes_on_the_selected_backend() {
    assertThat(Nd4j.getBackend().getClass().getSimpleName()).isEqualTo("CpuBackend");
    assertThat(CpuFacts.ofThisMachine().works()).isTrue();
  }

  @Test
  void binding_to_the_same_device_again_changes_nothing() {
    BackendBinding.bind(Device.CPU);
    BackendBinding.verify(Device.CPU);
  }

  @Test
  void one_jvm_cannot_have_both_backends() {
    assertThatThrownBy(() -> BackendBinding.bind(Device.CUDA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CpuBackend")
        .hasMessageContaining("start another JVM");
  }
}
