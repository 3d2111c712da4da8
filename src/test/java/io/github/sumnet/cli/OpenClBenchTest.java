package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.sumnet.bench.BenchEnvironment.DeviceState;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks of the fused engine through OpenCL, on PoCL, whose device is the CPU. */
@Tag("campaign")
@Timeout(150)
class OpenClBenchTest {
  /** PoCL has as many devices as it is told to, in an order of its own: basic is the first. */
  private static final Map<String, String> TWO = Map.of("POCL_DEVICES", "pthread basic");

  @TempDir Path folder;

  @BeforeEach
  void need_pocl() {
    List<OpenClDevice> devices = OpenClFacts.ofThisMachine().devices();
    assumeThat(devices).as("OpenCL devices; pocl-opencl-icd has one").hasSize(1);
    assumeThat(devices.get(0).platform()).contains("Portable Computing Language");
  }

  private ChildJvm.Running start(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("bench", "-q", "--engines=fused"));
    all.addAll(List.of(arguments));
    return startAsItIs(environment, all);
  }

  private ChildJvm.Running startAsItIs(Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(arguments);
    all.add("--out=" + folder.resolve("runs"));
    return ChildJvm.withoutCuda(folder)
        .start(Sumnet.class, environment, all.toArray(String[]::new));
  }

  private Path run() {
    return folder.resolve("runs/bench/0001");
  }

  private BenchResult result() throws IOException {
    return BenchResult.read(run().resolve("bench.json"));
  }

  private static List<BenchRow> openCl(BenchResult result) {
    return result.rows().stream().filter(row -> row.device() == Device.OPENCL).toList();
  }

  @Test
  void a_cpu_through_opencl_is_measured_where_it_is_named_with_its_own_memory()
      throws IOException, InterruptedException {
    ChildJvm.Outcome outcome =
        start(
                Map.of(),
                "--devices=cpu,opencl",
                "--precision=double,float",
                "--batch-sizes=32,65536",
                "--repetitions=1")
            .await();

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    BenchResult result = result();
    DeviceState state = result.environment().state(Device.OPENCL).orElseThrow();
    assertThat(state.kind()).isEqualTo(OpenClDevice.Kind.CPU);
    assertThat(state.toString()).startsWith("opencl:0 (CPU): ").contains(", driver ");
    assertThat(openCl(result))
        .hasSize(4)
        .allSatisfy(
            row -> {
              assertThat(row.problem()).isNull();
              assertThat(row.samplesPerSecond().median()).isPositive();
              assertThat(row.parts().copyToDevice()).isPositive();
              assertThat(row.memory().deviceBytes()).isPositive();
            });
    // What a row held is not the next one's, whose batch or numbers are smaller.
    assertThat(deviceBytes(result, Precision.DOUBLE, 65_536))
        .isGreaterThanOrEqualTo(deviceBytes(result, Precision.DOUBLE, 32) + 24 * 65_504);
    assertThat(deviceBytes(result, Precision.FLOAT, 65_536))
        .isGreaterThanOrEqualTo(deviceBytes(result, Precision.FLOAT, 32) + 12 * 65_504)
        .isLessThan(deviceBytes(result, Precision.DOUBLE, 65_536));
    assertThat(Cli.unwrapped(outcome.out()))
        .contains("With or without OpenCL, on the CPU itself (float): ")
        .contains("It is OpenCL on the CPU, no GPU, and says nothing of one.")
        .doesNotContain("CPU or GPU", "the GPU");
    assertThat(run().resolve("report.html")).content().contains("<td class=\"words\">opencl</td>");
  }

  private static long deviceBytes(BenchResult result, Precision precision, int batchSize) {
    return openCl(result).stream()
        .filter(row -> row.precision() == precision && row.batchSize() == batchSize)
        .map(row -> row.memory().deviceBytes())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void unasked_a_cpu_is_not_measured_and_says_what_would_measure_it()
      throws IOException, InterruptedException {
    ChildJvm.Outcome outcome = start(Map.of(), "--batch-sizes=32", "--repetitions=1").await();

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(openCl(result()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.isMeasured()).isFalse();
              assertThat(row.problem())
                  .startsWith("opencl:0 (")
                  .endsWith(") is a CPU: --devices cpu,opencl measures it");
            });
    assertThat(outcome.out())
        .contains("CPU or GPU: no GPU was measured through OpenCL: opencl:0 (");
  }

  @Test
  void a_device_that_is_not_there_says_so_and_the_rest_is_measured()
      throws IOException, InterruptedException {
    ChildJvm.Outcome outcome =
        start(Map.of(), "--devices=cpu,opencl:7", "--batch-sizes=32", "--repetitions=1").await();

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(openCl(result()).get(0).problem()).startsWith("there is no opencl:7, only opencl:0");
    assertThat(result().rows().get(0).isMeasured()).isTrue();
  }

  @Test
  void a_benchmark_that_was_killed_goes_on_on_its_device_and_on_no_other()
      throws IOException, InterruptedException {
    ChildJvm.Running killed =
        start(TWO, "--devices=opencl:1,cpu", "--batch-sizes=32", "--repetitions=4");
    Path journal = run().resolve("journal.jsonl");
    while (killed.process().isAlive() && repetitions(journal) < 3) {
      Thread.sleep(20);
    }
    killed.process().destroyForcibly().waitFor();
    String before = Files.readString(journal);
    List<String> goOn = List.of("bench", "-q", "--resume=last");

    ChildJvm.Outcome elsewhere = startAsItIs(Map.of(), goOn).await();
    assertThat(elsewhere.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(elsewhere.err())
        .contains("cannot go on here: device opencl was opencl:1 (CPU): ")
        .contains("there is no opencl:1");

    ChildJvm.Outcome resumed = startAsItIs(TWO, goOn).await();
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(journal).content().startsWith(before.substring(0, before.lastIndexOf('\n') + 1));
    BenchResult result = result();
    assertThat(result.complete()).isTrue();
    assertThat(result.rows()).hasSize(2).allSatisfy(row -> assertThat(row.raw()).hasSize(4));
    DeviceState state = result.environment().state(Device.OPENCL).orElseThrow();
    assertThat(state.number()).isOne();
    assertThat(state.description()).startsWith("pthread");
  }

  private static long repetitions(Path journal) throws IOException {
    return Files.exists(journal)
        ? Files.readAllLines(journal).stream().filter(l -> l.contains("\"repeated\"")).count()
        : 0;
  }
}
