package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.bench.result.Results;
import io.github.sumnet.device.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(150)
class BenchCommandTest {
  @TempDir Path folder;

  private ChildJvm.Running start(String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("bench", "--out", folder.resolve("runs").toString()));
    all.addAll(List.of(arguments));
    return ChildJvm.withoutCuda(folder).start(Sumnet.class, Map.of(), all.toArray(String[]::new));
  }

  private Path run() {
    return folder.resolve("runs/bench/0001");
  }

  private List<String> journal() throws IOException {
    Path journal = run().resolve("journal.jsonl");
    return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
  }

  private long repetitions() throws IOException {
    return journal().stream().filter(line -> line.contains("\"repeated\"")).count();
  }

  /** Waits until something was measured, and not yet everything. */
  private void awaitRepetitions(long count, Process process)
      throws IOException, InterruptedException {
    while (repetitions() < count && process.isAlive()) {
      Thread.sleep(20);
    }
  }

  @Test
  @Tag("campaign")
  void all_engines_are_measured_and_a_device_that_is_not_there_says_why()
      throws IOException, InterruptedException {
    ChildJvm.Outcome outcome =
        start("--batch-sizes", "64", "--repetitions", "1", "--json", "--threads", "1").await();
    assertThat(outcome.err()).contains("measuring 4 rows, in fork 1 of 1");
    assertThat(outcome.exitCode()).isZero();
    BenchResult result = BenchResult.read(run().resolve("bench.json"));
    assertThat(outcome.out()).isEqualTo(result.toJson() + "\n");
    assertThat(result.complete()).isTrue();
    assertThat(result.rows())
        .filteredOn(row -> row.device() == Device.CPU)
        .hasSize(Results.enginesOfEveryBuild().size())
        .allSatisfy(BenchCommandTest::isMeasured);
    assertThat(result.rows())
        .filteredOn(row -> row.device() == Device.CUDA)
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.isMeasured()).isFalse();
              assertThat(row.problem()).isEqualTo("this build has no CUDA backend");
            });
    assertThat(result.rows())
        .filteredOn(row -> row.device() == Device.OPENCL)
        .extracting(BenchRow::engine)
        .containsExactly(BenchEngine.FUSED);
    assertThat(result.crossover().get(0).reason()).isEqualTo("this build has no CUDA backend");
  }

  private static void isMeasured(BenchRow row) {
    assertThat(row.problem()).isNull();
    assertThat(row.samplesPerSecond().hasInterval()).isFalse();
    assertThat(row.raw()).hasSize(1).allSatisfy(rate -> assertThat(rate).isPositive());
    assertThat(row.repetitions()).extracting("fork").containsExactly(1);
    assertThat(row.parts().gradientCheck()).isPositive();
    assertThat(row.parts().warmUp()).isPositive();
    if (OS.LINUX.isCurrentOs()) {
      assertThat(row.memory().peakResidentBytes()).isGreaterThan(1L << 20);
    }
  }

  /** Code that the JIT compiler has not come to yet takes some 50 ns a sample. */
  @Tag("campaign")
  @Test
  void generating_samples_is_timed_once_the_compiler_is_done_with_it()
      throws IOException, InterruptedException {
    start("-q", "--engines=fused", "--devices=cpu", "--batch-sizes=65536", "--repetitions=1")
        .await();
    assertThat(BenchResult.read(run().resolve("bench.json")).rows())
        .singleElement()
        .satisfies(
            row -> assertThat(row.parts().generateData() / row.batchSize()).isLessThan(2e-8));
  }

  @Test
  @Tag("campaign")
  void what_was_measured_before_a_kill_is_kept_and_the_rest_goes_on()
      throws IOException, InterruptedException {
    String[] options = {
      "--engines=fused", "--devices=cpu", "--batch-sizes=32,4096", "--repetitions=4", "-q"
    };
    ChildJvm.Running killed = start(options);
    awaitRepetitions(3, killed.process());
    killed.process().destroyForcibly().waitFor();
    List<String> before = journal();
    assertThat(before).hasSizeGreaterThanOrEqualTo(4);
    assertThat(run().resolve("bench.json")).doesNotExist();

    ChildJvm.Outcome resumed = start("--resume=last", "--format=csv", "-q").await();
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.out().lines()).hasSize(3);
    assertThat(journal()).startsWith(before.toArray(String[]::new));
    assertThat(repetitions()).isEqualTo(8);
    BenchResult result = BenchResult.read(run().resolve("bench.json"));
    assertThat(result.complete()).isTrue();
    assertThat(result.rows()).allSatisfy(row -> assertThat(row.raw()).hasSize(4));

    ChildJvm.Outcome again = start("--resume", run().toString(), "--json").await();
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).isEqualTo(result.toJson() + "\n");
    isDrawn();
  }

  private void isDrawn() throws IOException {
    assertThat(run().resolve("report.html")).content().contains("<h1>Benchmark 0001</h1>", "<svg");
    assertThat(ImageIO.read(run().resolve("throughput.png").toFile()).getWidth()).isEqualTo(1800);
    assertThat(run().resolve("throughput.svg")).content().contains("xmlns=", "</svg>");
  }

  @Test
  @Tag("campaign")
  void a_benchmark_that_cannot_be_drawn_says_so_in_a_line_and_succeeds()
      throws IOException, InterruptedException {
    ChildJvm.Outcome outcome =
        ChildJvm.withoutCuda(folder)
            .start(
                Sumnet.class,
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("missing")),
                "bench",
                "-q",
                "--devices=cpu",
                "--engines=reference",
                "--repetitions=1",
                "--batch-sizes=32",
                "--out=" + folder.resolve("runs"))
            .await();

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.complaints())
        .singleElement()
        .asString()
        .startsWith("warning: the benchmark could not be drawn: cannot unpack a font");
    assertThat(outcome.out()).contains("bench.json").doesNotContain("report.html");
    assertThat(run().resolve("bench.json")).exists();
  }

  @Test
  @Tag("campaign")
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void ctrl_c_keeps_what_is_there_and_says_how_to_go_on() throws IOException, InterruptedException {
    ChildJvm.Running running =
        start("--engines=fused", "--devices=cpu", "--batch-sizes=32,4096", "--repetitions=60");
    awaitRepetitions(1, running.process());
    assertThat(new ProcessBuilder("kill", "-INT", "" + running.process().pid()).start().waitFor())
        .isZero();
    ChildJvm.Outcome outcome = running.await();
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.INTERRUPTED.code());
    assertThat(outcome.err())
        .contains("sumnet: interrupted; go on with 'sumnet bench --resume " + run() + "'");
    BenchResult result = BenchResult.read(run().resolve("bench.json"));
    assertThat(result.complete()).isFalse();
    assertThat(result.rows().get(0).raw()).isNotEmpty();
    assertThat(result.rows()).allSatisfy(row -> assertThat(row.problem()).isNull());
    assertThat(outcome.out()).contains("To read: " + run().resolve("report.html"));
    isDrawn();
    assertThat(run().resolve("report.html")).content().contains("The benchmark was interrupted");
  }

  @Test
  @Tag("campaign")
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_worker_that_dies_costs_its_row_and_the_rest_goes_on()
      throws IOException, InterruptedException {
    ChildJvm.Running running =
        start("--engines=fused", "--devices=cpu", "--batch-sizes=32,4096", "--repetitions=2", "-q");
    awaitRepetitions(1, running.process());
    // Between two rows there is no worker for a moment.
    boolean killed = false;
    while (!killed && running.process().isAlive()) {
      killed = running.process().descendants().filter(ProcessHandle::destroyForcibly).count() > 0;
    }
    assertThat(killed).isTrue();
    ChildJvm.Outcome outcome = running.await();
    assertThat(outcome.exitCode()).isZero();
    BenchResult result = BenchResult.read(run().resolve("bench.json"));
    assertThat(result.rows())
        .filteredOn(row -> row.problem() != null)
        .singleElement()
        .satisfies(row -> assertThat(row.problem()).contains("its process ended with exit code"));
    assertThat(result.rows())
        .filteredOn(row -> row.problem() == null)
        .singleElement()
        .satisfies(row -> assertThat(row.raw()).hasSize(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--batch-sizes=64..32;runs backwards",
        "--batch-sizes=32..1000;does not reach 1000: give 32..512*2 or 32..512*2,1000",
        "--batch-sizes=many;not 'many'; a range is written 1024..1Mi*4",
        "--hidden=5000;--hidden must be from 1 to 4096, not 5000",
        "--engines=abacus;expected one of dl4j-fit, dl4j, fused, spark, reference, not 'abacus'",
        "--devices=abacus;expected cpu, cuda, opencl or opencl:N (N from 0, 'sumnet doctor' lists them), not 'abacus'",
        "--devices=auto;expected cpu, cuda, opencl or opencl:N",
        "--devices=opencl:x;expected cpu, cuda, opencl or opencl:N",
        "--devices=cuda:1;expected cpu, cuda, opencl or opencl:N",
        "--devices=cpu,opencl:0,opencl:1;must name one OpenCL device, not opencl:0 and opencl:1",
        "--repetitions=0;--repetitions must be at least 1, not 0",
        "--threads=0;--threads must be from 1 to 1024, not 0",
        "--format=pdf;expected one of text, markdown, csv, json, html, not 'pdf'",
        "--resume=last;--resume last: there is no benchmark in",
        "--resume=nowhere;--resume: there is no nowhere",
      })
  void a_wrong_value_ends_before_anything_is_measured(String option, String complaint) {
    Cli.Outcome outcome = Cli.launch("bench", "--out", folder.toString(), option);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains(complaint);
    assertThat(outcome.out()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void engines_that_are_all_left_out_are_nothing_to_measure() {
    Cli.Outcome outcome =
        Cli.launch("bench", "--out", folder.toString(), "--devices=cuda", "--engines=fused");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .contains("nothing to measure: left out on cuda: fused (only dl4j-fit and dl4j run there)");
  }

  @Test
  void a_benchmark_in_which_nothing_can_be_measured_says_why_and_fails()
      throws IOException, InterruptedException {
    ChildJvm.Outcome outcome = start("--devices=cuda", "--engines=dl4j").await();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.out())
        .startsWith("- Not measured, or not to the end, 4 rows of dl4j on cuda: this build has no");
    assertThat(outcome.err())
        .contains(
            "sumnet: nothing could be measured: this build has no CUDA backend; 'sumnet doctor'");

    ChildJvm.Outcome json = start("--resume=last", "--json").await();
    assertThat(json.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(json.out()).isEqualTo(Files.readString(run().resolve("bench.json")) + "\n");
  }

  @Tag("campaign")
  @Test
  void a_benchmark_that_is_still_measured_cannot_be_resumed()
      throws IOException, InterruptedException {
    ChildJvm.Running running =
        start("-q", "--engines=reference", "--devices=cpu", "--batch-sizes=32");
    awaitRepetitions(1, running.process());
    Cli.Outcome second =
        Cli.launch("bench", "--out", folder.resolve("runs").toString(), "--resume=last");
    assertThat(second.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(second.err())
        .contains("--resume: " + run() + " is still being measured by another process");
    assertThat(running.process().isAlive()).isTrue();
    running.process().destroyForcibly().waitFor();
  }

  @Test
  void a_benchmark_that_goes_on_keeps_its_plan() {
    Cli.Outcome outcome =
        Cli.launch("bench", "--out", folder.toString(), "--resume=last", "--hidden=3");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains("--hidden cannot change when a benchmark goes on");
  }

  @Test
  void a_journal_of_a_newer_sumnet_is_refused() throws IOException {
    Path file = Files.createDirectories(run()).resolve("journal.jsonl");
    Files.writeString(file, "{\"schemaVersion\":2}\n");
    Cli.Outcome newer = Cli.launch("bench", "--resume", run().toString());
    assertThat(newer.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(newer.err()).contains(file + ":1: schema version 2, but this sumnet reads");
    assertThat(newer.err().lines()).hasSize(1);
  }

  @Tag("campaign")
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void measurements_of_another_jdk_cannot_go_on() throws IOException, InterruptedException {
    ChildJvm.Running begun =
        start("--engines=reference", "--devices=cpu", "--batch-sizes=32", "--repetitions=1");
    begun.await();
    Path file = run().resolve("journal.jsonl");
    String text = Files.readString(file);
    // Without its checksum a line is taken as an older sumnet's.
    Files.writeString(
        file,
        text.replaceFirst("\"jdk\":\"", "\"jdk\":\"other ")
            .replaceAll(",\"sha256\":\"\\p{XDigit}+\"", ""));
    ChildJvm.Running resumed = start("--resume=last");
    assertThat(resumed.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    ChildJvm.Outcome outcome = resumed.await();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(outcome.err()).contains("cannot go on here: jdk was other ");
  }
}
