package io.github.sumnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClFacts;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The full gradient check of the fused engine on an OpenCL device. */
@Tag("campaign")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OpenClCheckTest {
  @BeforeEach
  void need_a_device() {
    assumeFalse(OpenClFacts.ofThisMachine().devices().isEmpty(), "no OpenCL device");
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @CsvSource({
    "1,FLOAT",
    "2,FLOAT",
    "3,FLOAT",
    "8,FLOAT",
    "1,DOUBLE",
    "2,DOUBLE",
    "3,DOUBLE",
    "8,DOUBLE"
  })
  void it_passes(int hidden, Precision precision) throws InterruptedException {
    EngineSpec spec =
        new EngineSpec(
            EngineType.FUSED,
            Device.OPENCL,
            precision,
            new Topology(hidden),
            UpdaterConfig.sgd(0.1),
            1);
    GradientReport report = GradientCheck.run(spec, Form.FULL, 42);

    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.failed()).isZero();
    assertThat(report.repeatability().orElseThrow().identical()).isTrue();
  }
}
