package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.report.chart.Axis;
import io.github.sumnet.report.chart.LineChart;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a run draws of itself, and that this can never be its undoing. */
class RunDrawingsTest {
  @TempDir Path folder;

  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  /** Java's own text, as a chart library has it. */
  static final class JavaText {
    public static void main(String[] args) {
      new TextLayout(
          "x", new Font("SansSerif", Font.PLAIN, 9), new FontRenderContext(null, true, true));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_machine_without_fonts_draws_all_the_same() throws Exception {
    Path noFonts =
        Files.writeString(folder.resolve("fonts.conf"), "<?xml version='1.0'?><fontconfig/>");
    // Java remembers in the user's folder which fonts it once found.
    Map<String, String> withoutFonts =
        Map.of("FONTCONFIG_FILE", noFonts.toString(), "JDK_JAVA_OPTIONS", "-Duser.home=" + folder);
    ChildJvm jvm = ChildJvm.ofThisBuild(folder);
    assertThat(jvm.run(JavaText.class, withoutFonts).exitCode())
        .as("without fonts Java's own text fails; else this test would show nothing")
        .isNotZero();

    ChildJvm.Outcome outcome =
        jvm.run(Sumnet.class, withoutFonts, "train", "-q", "--steps=40", "--out=" + folder);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("warning");
    BufferedImage loss = ImageIO.read(folder.resolve("train/0001/loss.png").toFile());
    assertThat(loss.getWidth()).isEqualTo(1800);
    assertThat(report("0001")).contains("Training run 0001");
    Path step = folder.resolve("step.png");
    assertThat(jvm.run(Sumnet.class, withoutFonts, "explain", "--diagram=" + step).exitCode())
        .isZero();
    assertThat(ImageIO.read(step.toFile()).getWidth()).isEqualTo(2680);
  }

  /** Draws, and ends as a process does that is killed. */
  static final class Killed {
    public static void main(String[] args) {
      byte[] png =
          new LineChart("Title", Axis.linear("x"), Axis.linear("y"), List.of())
              .picture(400, 300)
              .png();
      Runtime.getRuntime().halt(png.length == 0 ? 1 : 0);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothing_is_left_in_the_folder_for_temporary_files_even_of_a_process_that_is_killed()
      throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));

    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .with("-Djava.io.tmpdir=" + temporary)
            .run(Killed.class, Map.of());

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void a_run_that_cannot_be_drawn_says_so_in_a_line_and_succeeds() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .run(
                Sumnet.class,
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("missing")),
                "train",
                "-q",
                "--steps=40",
                "--out=" + folder);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(
            outcome
                .err()
                .lines()
                .filter(
                    line ->
                        !line.startsWith("NOTE") && !line.startsWith("WARNING: java.io.tmpdir")))
        .singleElement()
        .asString()
        .startsWith(
            "warning: the run could not be drawn: cannot unpack a font into the folder for temporary files: ");
    assertThat(outcome.out()).contains("half mean squared error");
    assertThat(folder.resolve("train/0001/summary.json")).exists();
    assertThat(folder.resolve("train/0001/checkpoints/last.zip")).exists();
  }

  @Test
  void a_run_of_one_step_has_a_report_that_says_what_was_not_measured() throws IOException {
    Cli.Outcome outcome = Cli.launch("train", "-q", "--steps=1", "--out=" + folder);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(report("0001"))
        .contains("Loss: none was measured", "Throughput: none was measured")
        .contains("This run ended by steps.");
    assertThat(folder.resolve("train/0001/loss.png")).exists();
  }

  @Test
  void a_run_that_diverges_is_drawn_as_far_as_it_came_and_ends_as_ever() throws IOException {
    Cli.Outcome outcome =
        Cli.launch(
            "train",
            "-q",
            "--steps=40",
            "--log-every=1",
            "--learning-rate=1e300",
            "--updater=sgd",
            "--out=" + folder);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DIVERGED.code());
    assertThat(report("0001")).contains("This run failed: ").doesNotContain("What it learned");
  }

  @Test
  void a_resumed_run_is_drawn_from_where_it_went_on() throws IOException {
    Cli.launch("train", "-q", "--steps=40", "--log-every=1", "--batch-size=64", "--out=" + folder);
    Cli.Outcome outcome =
        Cli.launch(
            "train", "-q", "--steps=80", "--resume=last", "--log-every=1", "--out=" + folder);

    assertThat(outcome.err()).isEmpty();
    assertThat(report("0002"))
        .contains("Training run 0002")
        .contains("5,120", "steps since the beginning", "2,560");
  }

  @Test
  void what_a_run_was_called_with_is_escaped() throws IOException {
    Path odd = folder.resolve("<script>alert(1)</script>&amp;");

    Cli.Outcome outcome = Cli.launch("train", "-q", "--steps=1", "--out=" + odd);

    assertThat(outcome.exitCode()).isZero();
    assertThat(Files.readString(odd.resolve("train/0001/report.html")))
        .contains("&lt;script&gt;alert(1)")
        .contains("&amp;amp;")
        .doesNotContain("<script");
  }

  private String report(String run) throws IOException {
    return Files.readString(folder.resolve("train").resolve(run).resolve("report.html"));
  }
}
