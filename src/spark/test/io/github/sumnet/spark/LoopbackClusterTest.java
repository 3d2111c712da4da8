package io.github.sumnet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class LoopbackClusterTest {
  @TempDir Path folder;

  @Test
  void the_script_starts_a_master_and_workers_once_and_stops_them() throws IOException {
    try (LoopbackCluster cluster = LoopbackCluster.start(folder)) {
      List<ProcessHandle> processes =
          List.of(
              cluster.process("master"), cluster.process("worker-1"), cluster.process("worker-2"));
      assertThat(cluster.master()).startsWith("spark://127.0.0.1:");
      assertThat(cluster.run("start").output()).contains("a cluster is up", "stop it first");
      assertThat(processes).allMatch(ProcessHandle::isAlive);
      assertThat(cluster.run("stop").exitCode()).isZero();
      assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }
  }
}
