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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are looked at: whole, interrupted, failed, killed, damaged ones. */
class ReportCommandTest {
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

  @Tag("campaign")
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
        jvm.run(
            Sumnet.class,
            withoutFonts,
            "train",
            "-q",
            "--device=cpu",
            "--steps=40",
            "--out=" + folder);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    outcome = jvm.run(Sumnet.class, withoutFonts, "report", "--out=" + folder);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("warning");
    BufferedImage loss = ImageIO.read(folder.resolve("train/0001/loss.png").toFile());
    assertThat(loss.getWidth()).isEqualTo(1800);
    assertThat(folder.resolve("train/0001/report.html")).exists();
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
  void a_run_that_cannot_be_drawn_is_told_of_in_a_line() throws Exception {
    Cli.launch("train", "-q", "--device=cpu", "--steps=1", "--out=" + folder);

    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .run(
                Sumnet.class,
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder.resolve("missing")),
                "report",
                "--out=" + folder);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR.code());
    assertThat(outcome.complaints())
        .singleElement()
        .asString()
        .startsWith(
            "sumnet: the run cannot be drawn: cannot unpack a font into the folder for temporary files: ");
    assertThat(outcome.out()).isEmpty();
    assertThat(folder.resolve("train/0001/report.html")).doesNotExist();
  }

  @Test
  void training_leaves_the_drawing_to_whoever_looks() {
    Cli.launch("train", "-q", "--device=cpu", "--steps=1", "--out=" + folder);

    assertThat(folder.resolve("train/0001/report.html")).doesNotExist();
    assertThat(drawn()).contains("Training run 0001");
  }

  @Test
  void a_run_of_one_step_has_a_report_that_says_what_was_not_measured() {
    Cli.Outcome outcome = Cli.launch("train", "-q", "--device=cpu", "--steps=1", "--out=" + folder);

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(drawn())
        .contains("No step has been measured: ")
        .contains("This run ended by steps. Did not learn x1 + x2")
        .contains("Weights after step 1;")
        .contains("gradient check: pass, ", "forward, layer 1");
    assertThat(folder.resolve("train/0001/loss.png")).exists();
  }

  @Test
  void a_run_that_diverged_is_drawn_with_the_reason_and_the_last_good_weights() {
    Cli.Outcome outcome =
        Cli.launch(
            "train",
            "-q",
            "--device=cpu",
            "--steps=40",
            "--log-every=1",
            "--learning-rate=1e300",
            "--updater=sgd",
            "--out=" + folder);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DIVERGED.code());
    assertThat(drawn())
        .contains("This run failed: " + outcome.err().replace("sumnet: ", "").strip())
        .contains("Weights after step ");
  }

  @Test
  void a_run_that_was_killed_is_drawn_as_far_as_it_came() throws IOException {
    Path run = folder.resolve("train/0001");
    Cli.launch(
        "train",
        "-q",
        "--device=cpu",
        "--steps=40",
        "--log-every=1",
        "--batch-size=64",
        "--out=" + folder);
    Files.delete(run.resolve("summary.json"));
    String metrics = Files.readString(run.resolve("metrics.csv"));
    Files.writeString(run.resolve("metrics.csv"), metrics.substring(0, metrics.length() - 60));

    assertThat(drawn())
        .contains("This run has not come to its end", "Weights after step 40;", "What it learned");

    Files.delete(run.resolve("checkpoints/last.zip"));
    Files.delete(run.resolve("metrics.csv"));
    Files.delete(run.resolve("gradient-check.json"));
    assertThat(drawn())
        .contains("No step has been measured: ", "There is none: the run did not get that far.")
        .doesNotContain("What it learned", "Weights after");
  }

  @Test
  void a_resumed_run_is_drawn_from_where_it_went_on() {
    Cli.launch(
        "train",
        "-q",
        "--device=cpu",
        "--steps=40",
        "--log-every=1",
        "--batch-size=64",
        "--out=" + folder);
    Cli.Outcome outcome =
        Cli.launch(
            "train",
            "-q",
            "--device=cpu",
            "--steps=80",
            "--resume=last",
            "--log-every=1",
            "--out=" + folder);

    assertThat(outcome.err()).isEmpty();
    assertThat(drawn())
        .contains("Training run 0002")
        .contains("5,120", "steps since the beginning", "2,560");
    assertThat(drawn(folder.resolve("train/0001").toString()))
        .contains("Training run 0001")
        .doesNotContain("since the beginning");
  }

  @Test
  void what_a_run_was_called_with_is_escaped() throws IOException {
    Path odd = folder.resolve("<script>alert(1)</script>&amp;");
    Cli.launch("train", "-q", "--device=cpu", "--steps=1", "--out=" + odd);

    assertThat(Cli.launch("report", "--out=" + odd).exitCode()).isZero();

    assertThat(Files.readString(odd.resolve("train/0001/report.html")))
        .contains("&lt;script&gt;alert(1)")
        .contains("&amp;amp;")
        .doesNotContain("<script");
  }

  @Test
  void samples_that_are_gone_leave_a_report_without_what_was_learned() throws IOException {
    Path data = folder.resolve("samples.csv");
    Cli.launch("generate", "-q", "--samples=200", data.toString());
    Cli.launch("train", "-q", "--device=cpu", "--data=" + data, "--steps=4", "--out=" + folder);
    assertThat(drawn()).contains("What it learned", "of the held-out samples");

    Files.delete(data);
    Cli.Outcome outcome = Cli.launch("report", "--out=" + folder);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .startsWith("warning: what was learned cannot be drawn: ")
        .contains("samples.csv")
        .hasLineCount(1);
    assertThat(Files.readString(folder.resolve("train/0001/report.html")))
        .contains("What it learned", "Cannot be drawn: ");
  }

  @Test
  void what_is_no_run_is_refused_in_a_line() throws IOException {
    assertRefused(
        Cli.launch("report", "--out=" + folder), "RUN last: there is no run in " + folder);
    assertRefused(
        Cli.launch("report", folder.toString()),
        "RUN: there is no run in "
            + folder
            + ", for it has no environment.json; give 'last' or the folder of a training run, such"
            + " as runs/train/0001");
  }

  private static void assertRefused(Cli.Outcome outcome, String reason) {
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).isEqualTo("sumnet: " + reason + "\n");
  }

  /** Those of metrics.csv are cut where a line ends. */
  @ParameterizedTest
  @CsvSource({
    "config.properties, hidden",
    "environment.json, precision",
    "gradient-check.json, designs",
    "summary.json, finalLoss",
    "metrics.csv, samplesPerSecond"
  })
  void a_damaged_file_of_a_run_is_refused_in_a_line(String name, String needed) throws IOException {
    Cli.launch("train", "-q", "--device=cpu", "--steps=8", "--log-every=1", "--out=" + folder);
    Path file = folder.resolve("train/0001").resolve(name);
    String whole = Files.readString(file);
    List<byte[]> damaged = new ArrayList<>();
    damaged.add(whole.replace(needed, "nothing").getBytes(StandardCharsets.UTF_8));
    damaged.add(new byte[] {'a', '=', (byte) 0xff, '\n', (byte) 0xff, '\n'});
    if (name.endsWith(".json")) {
      for (int part = 0; part < 12; part++) {
        damaged.add(
            whole.substring(0, part * whole.length() / 12).getBytes(StandardCharsets.UTF_8));
      }
      damaged.add("null".getBytes(StandardCharsets.UTF_8));
      damaged.add("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] content : damaged) {
      Files.write(file, content);

      Cli.Outcome outcome = Cli.launch("report", "--out=" + folder);

      assertThat(outcome.err())
          .isEqualTo(
              "sumnet: " + file + " was damaged or changed: it is not what sumnet writes there\n");
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    }
  }

  @Test
  void a_damaged_checkpoint_is_answered_with_one_that_is_whole() throws IOException {
    Cli.launch("train", "-q", "--device=cpu", "--steps=8", "--evaluate-every=2", "--out=" + folder);
    Files.writeString(folder.resolve("train/0001/checkpoints/last.zip"), "no zip");

    Cli.Outcome outcome = Cli.launch("report", "--out=" + folder);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(outcome.err()).contains("; the newest one that is whole is ", "best.zip");
  }

  @Test
  void a_run_that_has_just_begun_is_passed_over() throws IOException {
    Cli.launch("train", "-q", "--device=cpu", "--steps=1", "--out=" + folder);
    Files.createDirectories(folder.resolve("train/0002/checkpoints"));

    assertThat(drawn()).contains("Training run 0001");
  }

  @Test
  void a_run_of_before_there_were_sentences_is_drawn_without_them() throws IOException {
    Cli.launch("train", "-q", "--device=cpu", "--steps=1", "--out=" + folder);
    for (String file : List.of("summary.json", "gradient-check.json")) {
      Path path = folder.resolve("train/0001").resolve(file);
      Files.writeString(
          path, Files.readString(path).replaceFirst("\"(learned|summary)\": \".*\",", ""));
    }

    assertThat(drawn())
        .contains("This run ended by steps.", "forward, layer 1")
        .doesNotContain("learn x1 + x2", "gradient check: pass");
  }

  private String drawn(String... run) {
    List<String> arguments = new ArrayList<>(List.of("report", "--out=" + folder));
    arguments.addAll(List.of(run));
    Cli.Outcome outcome = Cli.launch(arguments.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    try {
      return Files.readString(Path.of(outcome.out().strip()));
    } catch (IOException unread) {
      throw new UncheckedIOException(unread);
    }
  }
}
