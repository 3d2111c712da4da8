package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.device.cuda.CudaProbe;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a machine with a GPU can show. */
@Tag("gpu")
class RealGpuTest {
  @TempDir Path folder;

  @BeforeEach
  void skip_where_there_is_no_usable_gpu() {
    DeviceSelection selection = DeviceSelection.of(DeviceRequest.AUTO, new CudaProbe().facts());
    if (selection.device() != Device.CUDA) {
      String reason = "no usable GPU: " + selection.reason();
      System.out.println("RealGpuTest is skipped: " + reason);
      abort(reason);
    }
  }

  @Test
  void auto_computes_on_the_gpu() throws Exception {
    assertThatCudaComputes(Map.of(), "auto");
  }

  @Test
  void cuda_computes_on_the_gpu_whatever_priorities_the_environment_gives() throws Exception {
    assertThatCudaComputes(Map.of("BACKEND_PRIORITY_CPU", "1000"), "cuda");
  }

  private void assertThatCudaComputes(Map<String, String> environment, String device)
      throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .run(SelectAndMultiply.class, environment, "multiply", "--device=" + device);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("cuda|")
        .contains("|JCublasBackend|[[7.0, 10.0], [15.0, 22.0]]");
  }
}
