package io.github.sumnet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.BenchResult;
import io.github.sumnet.report.Browser.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    results.put("hostile", full.withoutGpu(HOSTILE).result());
    return results;
  }

  private static String html(BenchResult result) {
    return new BenchReport("0001", result).html();
  }

  @Test
  void pages_open_without_a_network_or_a_complaint_and_fit_their_window() throws Exception {
    try (Browser browser = Browser.start()) {
      for (Map.Entry<String, BenchResult> each : results().entrySet()) {
        Path file = Files.writeString(folder.resolve("page.html"), html(each.getValue()));
        for (Look look : Look.values()) {
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

  @Test
  void standalone_pictures_open_in_a_viewer_of_their_own() throws Exception {
    try (Browser browser = Browser.start()) {
      for (Map.Entry<String, BenchResult> each : results().entrySet()) {
        for (BenchPicture picture : pictures(each.getValue())) {
          Path file = Files.writeString(folder.resolve("picture.svg"), picture.svg());
          Browser.Page page = browser.open(file.toUri(), picture.width(), Look.LIGHT);

          assertThat(page.console()).isEmpty();
          assertThat(page.requests()).isEmpty();
          assertThat(page.evaluate("document.documentElement.localName").getAsString())
              .isEqualTo("svg");
          assertThat(page.evaluate("document.querySelector('title').textContent").getAsString())
              .isEqualTo(picture.chart().title());
          String name = "bench-" + each.getKey() + "-" + picture.chart().title().split("[ ,]")[0];
          keep(name + ".svg.png", page.screenshot());
          keep(name + ".png", picture.png());
        }
      }
    }
  }

  private static List<BenchPicture> pictures(BenchResult result) {
    return List.of(BenchPicture.throughput(result), BenchPicture.parts(result));
  }

  /** For people to look at, where the build is. */
  private static void keep(String name, byte[] png) throws Exception {
    Path pictures = Files.createDirectories(Path.of("target", "report-pictures"));
    Files.write(pictures.resolve(name), png);
  }
}
