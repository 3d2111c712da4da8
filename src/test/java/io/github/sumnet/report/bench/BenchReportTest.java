package io.github.sumnet.report.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.chart.Curve;
import io.github.sumnet.report.chart.Picture;
import io.github.sumnet.report.document.Browser;
import io.github.sumnet.report.document.Browser.Look;
import io.github.sumnet.report.document.OutputFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {
  private static final String HOSTILE =
      "</style></svg><script>console.log('x')</script><img src=x>\"'&";

  @TempDir Path folder;

  private static Map<String, BenchResult> results() {
    MadeUpBenchmark full = MadeUpBenchmark.full();
    Map<String, BenchResult> results = new LinkedHashMap<>();
    results.put("full", full.result());
    results.put("one-size", full.withBatchSizes(1024).result());
    results.put("one-engine", full.withEngines(BenchEngine.FUSED).withoutGpu("none").result());
    results.put("nothing", full.upToRow(0).withoutGpu("this build has no CUDA backend").result());
    results.put("four-networks", full.onFourNetworks().result());
    results.put("incomplete", full.upToRow(8).result());
    results.put("many-sizes", full.withBatchSizes(1, 8, 64, 512, 4096, 32_768, 1 << 29).result());
    results.put("opencl", full.withOpenCl(OpenClDevice.Kind.GPU).result());
    results.put(
        "opencl-four-networks",
        full.withOpenCl(OpenClDevice.Kind.CPU).withoutGpu("none").onFourNetworks().result());
    results.put("hostile", full.withoutGpu(HOSTILE).result());
    return results;
  }

  private static String html(BenchResult result) {
    return OutputFormat.HTML.of(new BenchReport("0001", result));
  }

  @Test
  void the_answer_comes_first_then_pictures_tables_and_what_they_rest_on() {
    String page = html(MadeUpBenchmark.full().result());

    assertThat(page)
        .containsSubsequence(
            "CPU or GPU: the GPU (cuda) is faster from a batch of about 500,000 on",
            "From start to end: fused on cpu in batches of 1,048,576 trains 1,000,000 samples in",
            "; the GPU (cuda) pays for no number of samples.",
            "aria-label=\"Throughput, 2-2-1, float",
            "aria-label=\"Time of a job, 2-2-1, float",
            "<td class=\"words\">dl4j-fit</td>",
            "Beside the rate: start of the process",
            "Noisy: the intervals of 6 of 24 rows",
            "passes the gradient check",
            "12 repetitions a row",
            "32; 1,024; 32,768; 1,048,576",
            "sumnet bench --devices cpu,cuda",
            "0123456789abcdef0123456789abcdef01234567-modified");
  }

  @Test
  void a_device_that_is_not_there_is_named_with_the_reason() {
    assertThat(html(MadeUpBenchmark.full().withoutGpu("no card").result()))
        .contains("CPU or GPU: no GPU was measured: no card.")
        .contains("4 rows of dl4j on cuda: no card.")
        .contains("not there (no card)");
  }

  @Test
  void what_is_not_measured_is_not_drawn() {
    String nothing = html(results().get("nothing"));
    assertThat(nothing)
        .contains("Nothing was measured; the reasons are below.", "exit code 137")
        .doesNotContain("<svg", "interrupted");

    assertThat(html(results().get("incomplete")))
        .contains("The benchmark was interrupted", "; not complete", "<svg")
        .doesNotContain("<td class=\"number\">1,048,576</td>");
  }

  @Test
  void every_network_in_every_precision_has_pictures_of_its_own() {
    BenchResult four = results().get("four-networks");

    for (String network :
        List.of("2-2-1, float", "2-2-1, double", "2-64-1, float", "2-64-1, double")) {
      assertThat(html(four)).contains("<h3>Throughput, " + network + "</h3>");
    }
    assertThat(BenchCharts.picture(four).height())
        .isGreaterThan(BenchCharts.picture(results().get("full")).height());
  }

  @Test
  void curves_differ_by_more_than_their_colours() {
    List<Curve> curves =
        new BenchCharts(MadeUpBenchmark.full().result(), Precision.FLOAT, 2).throughput().curves();

    assertThat(curves)
        .extracting(Curve::name)
        .containsExactly(
            "dl4j-fit, cpu",
            "dl4j, cpu",
            "fused, cpu",
            "reference, cpu, double",
            "dl4j-fit, cuda",
            "dl4j, cuda");
    assertThat(curves).extracting(curve -> curve.mark()).doesNotHaveDuplicates();
    assertThat(curves.get(0).points().get(0).hasErrorBar()).isTrue();
  }

  @Test
  void no_two_devices_of_an_engine_have_the_same_line_or_mark() {
    BenchResult result = MadeUpBenchmark.full().withOpenCl(OpenClDevice.Kind.GPU).result();
    List<Curve> curves = new BenchCharts(result, Precision.FLOAT, 2).throughput().curves();

    assertThat(curves).extracting(Curve::name).contains("fused, cpu", "fused, opencl");
    assertThat(curves).extracting(curve -> curve.mark()).doesNotHaveDuplicates();
    Map<String, Curve.Line> lines = new LinkedHashMap<>();
    curves.forEach(
        curve -> lines.put(curve.name().replaceAll(".*?, (\\w+).*", "$1"), curve.line()));
    assertThat(lines)
        .containsEntry("opencl", Curve.Line.DASH_DOTTED)
        .containsEntry("cuda", Curve.Line.DASHED);
    assertThat(curves)
        .filteredOn(curve -> curve.name().startsWith("fused"))
        .extracting(curve -> curve.line())
        .doesNotHaveDuplicates();
  }

  @Test
  void the_opencl_device_and_its_driver_are_named() {
    assertThat(html(MadeUpBenchmark.full().withOpenCl(OpenClDevice.Kind.GPU).result()))
        .contains("opencl:1 (GPU): another card, driver 1");
  }

  @Test
  void whatever_a_machine_says_of_itself_is_text() throws Exception {
    assertThat(html(results().get("hostile")))
        .contains("&lt;script&gt;")
        .doesNotContain("<script", "<img", "</style></svg>");
  }

  @Tag("campaign")
  @Test
  void pages_open_without_a_network_or_a_complaint_and_fit_their_window() throws Exception {
    try (Browser browser = Browser.start()) {
      for (Map.Entry<String, BenchResult> each : results().entrySet()) {
        Path file = Files.writeString(folder.resolve("page.html"), html(each.getValue()));
        boolean everyLook = List.of("full", "hostile").contains(each.getKey());
        for (Look look : everyLook ? Look.values() : new Look[] {Look.LIGHT}) {
          for (int width : look == Look.PRINT ? new int[] {794} : new int[] {320, 390, 1280}) {
            Browser.Page page = browser.open(file.toUri(), width, look);
            String name = each.getKey() + "-" + width + "-" + look;

            assertThat(page.console()).as(name).isEmpty();
            assertThat(page.requests()).as(name).isEmpty();
            assertThat(page.overflow()).as(name).isNotPositive();
            keep("bench-" + name + ".png", page.screenshot());
          }
        }
      }
    }
  }

  @Tag("campaign")
  @Test
  void a_standalone_picture_opens_in_a_viewer_of_its_own() throws Exception {
    try (Browser browser = Browser.start()) {
      for (Map.Entry<String, BenchResult> each : results().entrySet()) {
        Picture picture = BenchCharts.picture(each.getValue());
        Path file = Files.writeString(folder.resolve("picture.svg"), picture.svg());
        Browser.Page page = browser.open(file.toUri(), picture.width(), Look.LIGHT);

        assertThat(page.console()).isEmpty();
        assertThat(page.requests()).isEmpty();
        assertThat(page.evaluate("document.documentElement.localName").getAsString())
            .isEqualTo("svg");
        assertThat(page.evaluate("document.querySelector('title').textContent").getAsString())
            .isEqualTo(picture.title());
        String name = "bench-" + each.getKey() + "-throughput";
        keep(name + ".svg.png", page.screenshot());
        keep(name + ".png", picture.png());
      }
    }
  }

  /** For people to look at, where the build is. */
  private static void keep(String name, byte[] png) throws Exception {
    Path pictures = Files.createDirectories(Path.of("target", "report-pictures"));
    Files.write(pictures.resolve(name), png);
  }
}
