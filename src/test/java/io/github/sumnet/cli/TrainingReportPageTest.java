package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.report.document.Browser;
import io.github.sumnet.report.document.Browser.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real run's report in a real browser. */
class TrainingReportPageTest {
  @TempDir static Path folder;

  private static Browser browser;

  @BeforeAll
  static void train_and_start_a_browser() throws Exception {
    browser = Browser.start();
    BackendBinding.bind(Device.CPU);
    Cli.Outcome outcome =
        Cli.launch("train", "-q", "--steps=50", "--log-every=1", "--hidden=8", "--out=" + folder);
    assertThat(outcome.err()).isEmpty();
    assertThat(Cli.launch("report", "--out=" + folder).exitCode()).isZero();
  }

  @AfterAll
  static void end_the_browser() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"390, LIGHT", "390, DARK", "1280, LIGHT", "1280, DARK", "794, PRINT", "320, LIGHT"})
  void a_report_opens_without_a_network_or_a_complaint_and_fits_its_window(int width, Look look)
      throws Exception {
    Browser.Page page = browser.open(report().toUri(), width, look);

    assertThat(page.console()).isEmpty();
    assertThat(page.requests()).isEmpty();
    assertThat(page.overflow()).isNotPositive();
    assertThat(page.evaluate("document.title").getAsString()).isEqualTo("Training run 0001");
    assertThat(
            page.evaluate("document.querySelectorAll('figure svg[aria-label]').length").getAsInt())
        .isEqualTo(4);
    assertThat(page.evaluate("document.querySelectorAll('script, link, img').length").getAsInt())
        .isZero();
    keep(page, width + "-" + look);
  }

  private static Path report() {
    return folder.resolve("train/0001/report.html");
  }

  /** For people to look at, where the build is. */
  private static void keep(Browser.Page page, String name) throws Exception {
    Path pictures = Files.createDirectories(Path.of("target", "report-pictures"));
    Files.write(pictures.resolve("training-" + name + ".png"), page.screenshot());
  }
}
