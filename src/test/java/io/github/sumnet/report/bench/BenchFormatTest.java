package io.github.sumnet.report.bench;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchEnvironment.DeviceState;
import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.BenchRow;
import io.github.sumnet.bench.result.Crossover;
import io.github.sumnet.bench.result.Fastest;
import io.github.sumnet.bench.statistics.MedianInterval;
import io.github.sumnet.bench.statistics.Ratio;
import io.github.sumnet.bench.statistics.Repetition;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.DiagnosisReport;
import io.github.sumnet.report.document.OutputFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class BenchFormatTest {
  private static final List<Integer> SIZES = List.of(32, 1024);

  private static BenchRow row(Device device, BenchEngine engine, int size, double... rate) {
    boolean measured = rate.length > 0;
    return new BenchRow(
        device,
        engine,
        Precision.FLOAT,
        size,
        2,
        measured ? new MedianInterval(rate[0], rate[1], rate[2]) : null,
        Arrays.stream(rate).boxed().toList(),
        Arrays.stream(rate).mapToObj(each -> new Repetition(1, 1, size / each)).toList(),
        measured ? new BenchRow.Noise(0.5, 0.25, true) : null,
        measured ? new BenchRow.Parts(0.1, 0.2, 0.3, 0.4, 0, 0.6, size / rate[0], 1, 0, 2) : null,
        measured ? new Memory(null, null) : null,
        measured ? null : "no card, \"none\"");
  }

  private static Crossover crossover(
      Device device, BenchEngine engine, Crossover.Verdict verdict, Double... place) {
    boolean gpu = device != Device.CPU;
    return new Crossover(
        Device.CPU,
        gpu ? null : BenchEngine.DL4J,
        device,
        engine,
        Precision.FLOAT,
        2,
        verdict,
        place[0],
        place[1],
        place[2],
        verdict == Crossover.Verdict.NOT_MEASURED ? "no card" : null,
        verdict == Crossover.Verdict.ALWAYS
            ? List.of(
                new Crossover.AtSize(32, new Ratio(1400, 1300.0, 1500.0)),
                new Crossover.AtSize(1024, new Ratio(1.2, 1.1, 1.3)))
            : List.of());
  }

  private static BenchPlan plan(Device challenger) {
    return new BenchPlan(
        List.of(Device.CPU, challenger),
        DeviceRequest.AUTO,
        List.of(BenchEngine.DL4J, BenchEngine.FUSED),
        List.of(Precision.FLOAT),
        SIZES,
        List.of(2),
        2,
        false,
        4,
        2,
        42);
  }

  /** What a benchmark says of an OpenCL device of a kind, with a rate of its own or without. */
  private static String openCl(
      OpenClDevice.Kind kind, boolean measured, Crossover.Verdict verdict, Double... place) {
    BenchResult without = result();
    List<BenchRow> rows = new ArrayList<>(without.rows());
    rows.add(
        measured
            ? row(Device.OPENCL, BenchEngine.FUSED, 1024, 2e9, 1.9e9, 2.1e9)
            : row(Device.OPENCL, BenchEngine.FUSED, 1024));
    BenchPlan plan = plan(Device.OPENCL);
    DeviceState state =
        kind == null
            ? new DeviceState(Device.OPENCL, "", "no card")
            : new DeviceState(Device.OPENCL, 0, kind, "a name, driver 1", null);
    BenchEnvironment environment =
        new BenchEnvironment(
            "1", null, "2", List.of(), "", "", "", null, 2, 1, "17", List.of(state));
    return text(
        new BenchResult(
            BenchJson.SCHEMA_VERSION,
            true,
            environment,
            plan,
            rows,
            List.of(),
            Fastest.all(plan, rows),
            List.of(crossover(Device.OPENCL, null, verdict, place)),
            List.of()));
  }

  @Test
  void a_cpu_through_opencl_is_never_called_a_gpu() {
    for (Crossover.Verdict verdict : Crossover.Verdict.values()) {
      String text = openCl(OpenClDevice.Kind.CPU, true, verdict, null, null, null);
      assertThat(text)
          .doesNotContain("the GPU", "CPU or GPU", "no GPU was measured", "GPU advantage")
          .contains("With or without OpenCL, on the CPU itself: ")
          .contains(
              "opencl is opencl:0 (CPU): a name, driver 1. It is OpenCL on the CPU, no GPU, and"
                  + " says nothing of one.");
    }
    assertThat(openCl(OpenClDevice.Kind.CPU, true, Crossover.Verdict.FROM, 5e3, 4e3, 6e3))
        .contains("the CPU through OpenCL (opencl) is faster from a batch of about 5,000 on");
    assertThat(
            openCl(OpenClDevice.Kind.CPU, false, Crossover.Verdict.NOT_MEASURED, null, null, null))
        .contains(": the CPU through OpenCL (opencl) was not measured: no card.");
  }

  @Test
  void a_gpu_through_opencl_is_called_one_and_that_none_had_run_before() {
    assertThat(openCl(OpenClDevice.Kind.GPU, true, Crossover.Verdict.ALWAYS, null, null, null))
        .contains("CPU or GPU: the GPU (opencl) is faster at every tested batch size.")
        .contains(DiagnosisReport.OPENCL_NOT_VERIFIED + " scripts/verify-gpu checks");
    assertThat(openCl(null, false, Crossover.Verdict.NOT_MEASURED, null, null, null))
        .contains("CPU or GPU: no GPU was measured through OpenCL: no card.")
        .contains("1 row of fused on opencl: no card, \"none\".")
        .doesNotContain(DiagnosisReport.OPENCL_NOT_VERIFIED);
  }

  @Test
  void an_opencl_row_is_in_the_table() {
    assertThat(openCl(OpenClDevice.Kind.GPU, true, Crossover.Verdict.ALWAYS, null, null, null))
        .containsPattern("opencl +fused +float +2 +1,024 +2\\.00 G ");
  }

  private static BenchResult result(Crossover... crossovers) {
    BenchPlan plan = plan(Device.CUDA);
    BenchEnvironment environment =
        new BenchEnvironment("1", null, "2", List.of(), "", "", "", null, 2, 1, "17", List.of());
    List<BenchRow> rows =
        List.of(
            row(Device.CPU, BenchEngine.DL4J, 32, 5e4, 4e4, 6e4),
            row(Device.CPU, BenchEngine.FUSED, 32, 7e7, 6.5e7, 7.5e7),
            row(Device.CUDA, BenchEngine.DL4J, 32),
            row(Device.CPU, BenchEngine.DL4J, 1024, 1e9, 0.9e9, 1.3e9),
            row(Device.CPU, BenchEngine.FUSED, 1024, 1.2e9, 1.1e9, 1.25e9),
            row(Device.CUDA, BenchEngine.DL4J, 1024));
    return new BenchResult(
        BenchJson.SCHEMA_VERSION,
        true,
        environment,
        plan,
        rows,
        List.of(0.1, 1.5),
        Fastest.all(plan, rows),
        List.of(crossovers),
        List.of());
  }

  private static BenchReport report(BenchResult result) {
    return new BenchReport("0001", result);
  }

  /** For a terminal, sentences in one line each. */
  private static String text(BenchResult result) {
    return OutputFormat.TEXT.of(report(result)).replaceAll("\\R  (?=\\S)", " ");
  }

  private static String text(Crossover... crossovers) {
    return text(result(crossovers));
  }

  private static Crossover gpu(Crossover.Verdict verdict, Double... place) {
    return crossover(Device.CUDA, null, verdict, place);
  }

  @Test
  void where_no_gpu_was_measured_it_says_so_and_why() {
    assertThat(text(gpu(Crossover.Verdict.NOT_MEASURED, null, null, null)))
        .contains("CPU or GPU: no GPU was measured: no card.")
        .contains("Not measured, or not to the end, 2 rows of dl4j on cuda: no card, \"none\".");
  }

  @Test
  void a_crossover_is_said_with_its_interval() {
    assertThat(text(gpu(Crossover.Verdict.FROM, 12_345.6, 9_876.0, 20_000.0)))
        .contains(
            "the GPU (cuda) is faster from a batch of about 12,300 on (95 %: 9,880 to 20,000)");
    assertThat(text(gpu(Crossover.Verdict.FROM, 100.0, null, 200.0)))
        .contains("from a batch of about 100 on (95 %: below 32 to 200)");
  }

  @Test
  void no_advantage_a_sure_one_and_a_doubtful_one_are_told_apart() {
    assertThat(text(gpu(Crossover.Verdict.NEVER, null, null, null)))
        .contains("no GPU advantage at any tested batch size");
    assertThat(text(gpu(Crossover.Verdict.ALWAYS, null, null, null)))
        .contains("the GPU (cuda) is faster at every tested batch size");
    assertThat(text(gpu(Crossover.Verdict.TOO_CLOSE, null, null, null)))
        .contains("is too close to call");
  }

  @Test
  void the_fastest_engine_is_too_close_to_call_where_the_ratio_may_be_one() {
    assertThat(text())
        .contains(
            "Fastest on cpu: fused at 32 (70.0 M samples/s [65.0, 75.0] at 32); too close to call"
                + " between fused and dl4j at 1,024 (1.20 G samples/s [1.10, 1.25] at 1,024).");
  }

  @Test
  void an_engine_that_is_always_faster_says_how_much() {
    assertThat(
            text(
                crossover(
                    Device.CPU, BenchEngine.FUSED, Crossover.Verdict.ALWAYS, null, null, null)))
        .contains(
            "fused is faster than dl4j on cpu at every tested batch size: 1.20 to 1,400 times.");
  }

  @Test
  void one_or_two_repetitions_have_no_interval_and_are_not_judged() {
    BenchResult enough = result();
    List<BenchRow> rows =
        List.of(
            few(Device.CPU, BenchEngine.DL4J, 32, 5e4),
            few(Device.CPU, BenchEngine.FUSED, 32, 7e7));
    BenchResult few =
        new BenchResult(
            BenchJson.SCHEMA_VERSION,
            true,
            enough.environment(),
            enough.plan(),
            rows,
            List.of(),
            Fastest.all(enough.plan(), rows),
            List.of(
                crossover(
                    Device.CPU, BenchEngine.FUSED, Crossover.Verdict.TOO_FEW, null, null, null)),
            List.of());
    assertThat(text(few))
        .contains("70.0 M    no interval", "unknown")
        .contains("Rows of one or two repetitions have no interval")
        .contains(
            "Fastest on cpu: not judged (too few repetitions for intervals) between fused and dl4j"
                + " at 32 (70.0 M samples/s at 32).")
        .contains("fused and dl4j on cpu are not compared: too few repetitions for intervals.")
        .doesNotContain("is faster", "too close to call");
    assertThat(OutputFormat.JSON.of(report(few)))
        .contains("\"low\": null", "\"relativeDeviation\": null");
    assertThat(OutputFormat.CSV.of(report(few))).contains("7.0E7,,,1,,false");
  }

  private static BenchRow few(Device device, BenchEngine engine, int size, double rate) {
    BenchRow row = row(device, engine, size, rate, rate, rate);
    return new BenchRow(
        device,
        engine,
        row.precision(),
        size,
        row.hidden(),
        new MedianInterval(rate, null, null),
        List.of(rate),
        List.of(new Repetition(1, 1, size / rate)),
        new BenchRow.Noise(null, null, false),
        row.parts(),
        row.memory(),
        null);
  }

  @Test
  void where_nothing_was_measured_there_are_no_empty_tables() {
    BenchResult full = result();
    List<BenchRow> rows = full.rows().stream().filter(row -> !row.isMeasured()).toList();
    BenchResult nothing =
        new BenchResult(
            BenchJson.SCHEMA_VERSION,
            true,
            full.environment(),
            full.plan(),
            rows,
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(text(nothing))
        .startsWith("- Not measured, or not to the end, 2 rows of dl4j on cuda: no card");
    assertThat(OutputFormat.MARKDOWN.of(report(nothing)))
        .startsWith("- Not measured, or not to the end");
  }

  @Test
  void noise_and_few_repetitions_are_named_with_what_to_do() {
    assertThat(text())
        .contains("Noisy: the intervals of 4 of 4 rows")
        .contains("Busy: other processes kept up to 1.5 of 2 cores busy meanwhile")
        .contains("raise --repetitions (now 4)")
        .contains("Fewer than 10 repetitions")
        .contains(
            "the time of steps was not steady within "
                + BenchPlan.MOST_WARM_UP_SECONDS
                + " s in some fork of 4 of 4 rows",
            "the time of copying the samples was not steady")
        .doesNotContain("generating the samples was");
  }

  @Test
  void nothing_depends_on_the_users_language() {
    Locale before = Locale.getDefault();
    String expected = text(gpu(Crossover.Verdict.FROM, 12_345.6, 9_876.0, 20_000.0));
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(text(gpu(Crossover.Verdict.FROM, 12_345.6, 9_876.0, 20_000.0)))
          .isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void csv_has_a_line_a_row_with_plain_numbers_and_reasons() {
    List<NamedCsvRecord> lines =
        CsvReader.builder().ofNamedCsvRecord(OutputFormat.CSV.of(report(result()))).stream()
            .toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0).getField("samplesPerSecond")).isEqualTo("50000.0");
    assertThat(lines.get(0).getField("problem")).isEmpty();
    assertThat(lines.get(2).getField("samplesPerSecond")).isEmpty();
    assertThat(lines.get(2).getField("problem")).isEqualTo("no card, \"none\"");
    assertThat(lines).allSatisfy(line -> assertThat(line.getFieldCount()).isEqualTo(24));
  }

  @Test
  void markdown_is_tables_and_a_list() {
    assertThat(OutputFormat.MARKDOWN.of(report(result())).lines().toList())
        .contains(
            "| cpu | fused | float | 2 | 32 | 70.0 M | [65.0, 75.0] | 457 ns | 50.0 % noisy |  |")
        .anyMatch(line -> line.startsWith("|---|---|---|---:|"))
        .anyMatch(line -> line.startsWith("- Fastest on cpu"));
  }
}
