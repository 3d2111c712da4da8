package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.sumnet.device.opencl.OpenClFacts;
import io.github.sumnet.spark.LoopbackCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
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

  private static final String GPU_SCRIPT =
      "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'\n";

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
  void spark_submit_takes_the_same_options_and_comes_to_the_same_bits() throws IOException {
    String plan = "--engine fused" + PLAN;
    List<String> arguments =
        new ArrayList<>(List.of("--master", cluster.master(), "target/spark/jars/sumnet.jar"));
    arguments.addAll(List.of(runs.arguments(plan)));
    LoopbackCluster.Outcome submitted =
        cluster.script("spark-submit", arguments.toArray(String[]::new));
    assertThat(submitted.exitCode()).as(submitted.output()).isZero();
    assertThat(submitted.output()).contains("executor 0 on 127.0.0.1: engine fused on cpu");
    SparkRuns.assertSame(runs.run(1), runs.train(plan));
  }

  @Test
  void a_dry_run_names_the_cluster_that_would_compute() {
    assertThat(runs.launch("--dry-run --master " + cluster.master()).out())
        .containsPattern("steps +computed by Apache Spark, " + cluster.master());
    assertThat(runs.launch("--dry-run --json --quiet --master local[2]").out())
        .contains("\"master\": \"local[2]\"");
  }

  @Test
  void a_benchmark_has_a_row_of_spark() {
    Cli.Outcome outcome =
        Cli.launch(
            "bench",
            "--engines=fused,spark",
            "--devices=cpu",
            "--batch-sizes=64Ki",
            "--repetitions=1",
            "--format=csv",
            "--out=" + folder);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines().filter(line -> line.startsWith("cpu,spark,")))
        .as(outcome.out())
        .singleElement()
        .asString()
        .contains(",65536,");
  }

  /** PoCL's device is a CPU; what Spark assigns is an address, whatever is behind it. */
  @Test
  void the_fused_engine_computes_on_the_device_that_spark_assigns(@TempDir Path gpuFolder)
      throws IOException {
    assumeThat(OpenClFacts.ofThisMachine().devices()).as("OpenCL devices").isNotEmpty();
    Path script = Files.writeString(gpuFolder.resolve("gpus.sh"), GPU_SCRIPT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    String plan = "--engine fused" + PLAN;
    Path expected = runs.train(plan);
    String options =
        "-Dspark.worker.resource.gpu.amount=1 -Dspark.worker.resource.gpu.discoveryScript=";
    System.setProperty("spark.executor.resource.gpu.amount", "1");
    System.setProperty("spark.task.resource.gpu.amount", "1");
    try (LoopbackCluster gpus = LoopbackCluster.start(gpuFolder, options + script)) {
      Cli.Outcome outcome = runs.launch(plan + " --master " + gpus.master());
      assertThat(outcome.err())
          .containsPattern("executor \\d on 127.0.0.1: engine fused on opencl");
      SparkRuns.assertSame(runs.run(2), expected);
    } finally {
      System.clearProperty("spark.executor.resource.gpu.amount");
      System.clearProperty("spark.task.resource.gpu.amount");
    }
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
