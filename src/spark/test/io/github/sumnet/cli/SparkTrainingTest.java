package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.spark.LoopbackCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever computes the chunks, the bits are those of a local run. */
@Tag("spark")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class SparkTrainingTest {
  /** 18 chunks a step, the last one short, and the epoch's last step shorter. */
  private static final String PLAN =
      " --samples 300000 --batch-size 70000 --chunk-size 4000 --steps 12 --log-every 3";

  @TempDir static Path clusterFolder;
  private static LoopbackCluster cluster;

  @TempDir Path folder;
  private SparkRuns runs;

  @BeforeAll
  static void start() throws IOException {
    cluster = LoopbackCluster.start(clusterFolder);
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  @BeforeEach
  void useFolder() {
    runs = new SparkRuns(folder);
  }

  @ParameterizedTest
  @CsvSource({"dl4j,sgd,float", "dl4j,adam,double", "fused,sgd,double", "fused,adam,float"})
  void local_threads_and_a_cluster_end_in_the_same_bits(
      String engine, String updater, String precision) throws IOException {
    String plan =
        String.format("--engine %s --updater %s --precision %s", engine, updater, precision) + PLAN;
    Path expected = runs.train(plan);
    SparkRuns.assertSame(runs.train(plan + " --master local[2]"), expected);
    SparkRuns.assertSame(runs.train(plan + " --master " + cluster.master()), expected);
  }

  @ParameterizedTest
  @CsvSource({"npy,true", "csv,false"})
  void executors_read_files_by_rows(String format, boolean shuffle) throws IOException {
    Path file = folder.resolve("samples." + format);
    assertThat(Cli.launch("generate", "--samples", "50000", file.toString()).exitCode()).isZero();
    String plan =
        "--engine fused --batch-size 20000 --chunk-size 3000 --steps 7 --log-every 3 --data "
            + file
            + (shuffle ? " --shuffle" : " --shuffle=false");
    Path expected = runs.train(plan);
    SparkRuns.assertSame(runs.train(plan + " --master " + cluster.master()), expected);
  }

  @Test
  void executors_say_what_they_were_found_to_be_and_a_device_is_not_the_drivers_choice() {
    Cli.Outcome outcome = runs.launch("--steps 2 --master " + cluster.master());
    assertThat(outcome.err())
        .containsPattern(
            "executor \\d on 127.0.0.1: engine dl4j on cpu, [\\d,]+ values checked: pass");
    Cli.Outcome onGpu =
        Cli.launch("train", "--engine", "fused", "--device", "opencl", "--master", "local[2]");
    assertThat(onGpu.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(onGpu.err()).contains("--device opencl cannot go with --master");
  }
}
