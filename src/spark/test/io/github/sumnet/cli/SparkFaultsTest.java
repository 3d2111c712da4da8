package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.spark.LoopbackCluster;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a cluster die in the middle of a run. */
@Tag("spark")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class SparkFaultsTest {
  private static final String PLAN =
      "--engine fused --samples 1000000 --batch-size 100000 --checkpoint-every 10 --steps ";

  @TempDir Path folder;
  private SparkRuns runs;
  private LoopbackCluster cluster;

  @BeforeEach
  void start() throws IOException {
    runs = new SparkRuns(folder.resolve("runs"));
    cluster = LoopbackCluster.start(folder);
  }

  @AfterEach
  void stop() throws IOException {
    System.clearProperty("spark.sumnet.patience");
    cluster.close();
  }

  @Test
  void an_executor_a_worker_and_the_master_are_killed_and_the_bits_stay_the_same()
      throws Exception {
    Path expected = runs.train(PLAN + 300);
    CompletableFuture<Path> training =
        CompletableFuture.supplyAsync(
            () -> runs.train(PLAN + 300 + " --master " + cluster.master()));
    SparkRuns.awaitStep(runs.run(2), 50, training::isDone);
    cluster.executor("worker-1").orElseThrow().destroyForcibly();
    SparkRuns.awaitStep(runs.run(2), 100, training::isDone);
    cluster.process("worker-2").destroyForcibly();
    SparkRuns.awaitStep(runs.run(2), 150, training::isDone);
    cluster.process("master").destroyForcibly();
    assertThat(training).isNotDone();
    SparkRuns.assertSame(training.get(), expected);
  }

  @Test
  void a_run_whose_driver_is_killed_goes_on_to_the_same_bits() throws Exception {
    Path expected = runs.train(PLAN + 200);
    ChildJvm.Running driver =
        ChildJvm.ofThisBuild(folder)
            .with(optionsOfThisJvm())
            .start(
                Sumnet.class,
                Map.of(),
                runs.arguments(PLAN + 200 + " --master " + cluster.master()));
    SparkRuns.awaitStep(runs.run(2), 60, () -> !driver.process().isAlive());
    driver.process().destroyForcibly().waitFor();
    Path resumed = runs.train("--resume last --master " + cluster.master());
    assertThat(SparkRuns.last(runs.run(2)).position().step()).isBetween(60L, 199L);
    assertThat(SparkRuns.last(resumed).coefficients())
        .isEqualTo(SparkRuns.last(expected).coefficients());
    assertThat(SparkRuns.last(resumed).updaterState())
        .isEqualTo(SparkRuns.last(expected).updaterState());
  }

  private static String[] optionsOfThisJvm() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-"))
        .toArray(String[]::new);
  }

  @Test
  void without_an_executor_the_run_ends_with_a_checkpoint_and_how_to_go_on() throws Exception {
    System.setProperty("spark.sumnet.patience", "5s");
    Path expected = runs.train(PLAN + 200);
    CompletableFuture<Cli.Outcome> training =
        CompletableFuture.supplyAsync(
            () -> runs.launch(PLAN + 200 + " --master " + cluster.master()));
    SparkRuns.awaitStep(runs.run(2), 60, training::isDone);
    cluster.process("worker-1").destroyForcibly();
    cluster.process("worker-2").destroyForcibly();
    Cli.Outcome outcome = training.get();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.err())
        .contains(
            cluster.master() + " has had no executor for 5 s; the last checkpoint is whole",
            "go on with 'sumnet train --resume last --master " + cluster.master());
    Path resumed = runs.train("--resume last");
    assertThat(SparkRuns.last(resumed).coefficients())
        .isEqualTo(SparkRuns.last(expected).coefficients());
  }
}
