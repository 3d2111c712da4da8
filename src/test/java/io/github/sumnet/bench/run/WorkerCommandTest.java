package io.github.sumnet.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.result.Results;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineType;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerCommandTest {
  @Test
  void a_worker_has_the_memory_and_the_properties_of_its_parent() {
    List<String> options =
        List.of(
            "-Xmx2g",
            "-Xmn16m",
            "-XX:+UseSerialGC",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=other.module");
    assertThat(WorkerCommand.inherited(options)).isEqualTo(options);
  }

  @Test
  void it_is_optimised_fully_and_watched_by_nobody() {
    assertThat(
            WorkerCommand.inherited(
                List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:SharedArchiveFile=/tmp/a.jsa",
                    "-XX:+VerifySharedSpaces",
                    "-Xlog:cds=off",
                    "-Dsumnet.worker.archive=/tmp/b.jsa",
                    "-agentlib:jdwp=transport=dt_socket",
                    "-javaagent:agent.jar",
                    "--add-modules=jdk.incubator.vector")))
        .isEmpty();
  }

  @Test
  void it_is_told_which_of_the_opencl_devices_to_compute_on() {
    assertThat(WorkerCommand.of(Device.OPENCL, 1, BenchEngine.FUSED, Results.plan()).command())
        .endsWith("OPENCL", "1");
  }

  @Test
  void only_the_fused_engine_gets_the_vectors() {
    for (BenchEngine engine : BenchEngine.values()) {
      List<String> command = WorkerCommand.of(Device.CPU, 0, engine, Results.plan()).command();
      assertThat(command.contains("--add-modules=jdk.incubator.vector"))
          .isEqualTo(engine.type() == EngineType.FUSED);
    }
  }
}
