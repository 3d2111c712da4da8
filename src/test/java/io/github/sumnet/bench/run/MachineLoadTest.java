package io.github.sumnet.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class MachineLoadTest {
  @Test
  void only_the_work_of_other_processes_counts() throws IOException, InterruptedException {
    MachineLoad load = new MachineLoad();
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      Thread.sleep(2000);
      Double asAnother = load.busyCores(List.of());
      Double asOurs = load.busyCores(List.of(busy.toHandle()));
      assumeTrue(asAnother != null, "this process may use all cores of the machine");
      assertThat(asAnother - asOurs).isGreaterThan(0.05);
    } finally {
      busy.destroyForcibly().waitFor();
    }
    assertThat(load.busyCores(List.of(busy.toHandle()))).as("of one that is gone").isNull();
  }
}
