package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  @Test
  void the_verdict_comes_first_and_a_working_cpu_is_success() {
    Cli.Outcome doctor = Cli.launch("doctor");

    assertThat(doctor.exitCode()).isZero();
    assertThat(doctor.out()).startsWith("CPU ").contains("not verified on a GPU");
    assertThat(doctor.err()).isEmpty();
  }

  @Test
  void json_is_one_document_and_nothing_else() {
    Cli.Outcome doctor = Cli.launch("doctor", "--json");

    JsonObject json = JsonParser.parseString(doctor.out()).getAsJsonObject();
    assertThat(json.keySet())
        .contains("verdict", "sumnet", "nd4j", "host", "cpu", "cuda", "opencl", "problems");
    assertThat(json.get("nd4j").getAsString()).isEqualTo("1.0.0-M2.1");
    assertThat(json.getAsJsonObject("cpu").get("works").getAsBoolean()).isTrue();
    assertThat(json.getAsJsonObject("cuda").get("verifiedOnGpu").getAsBoolean()).isFalse();
    assertThat(json.getAsJsonObject("opencl").get("verifiedOnGpu").getAsBoolean()).isFalse();
    assertThat(doctor.err()).isEmpty();
  }

  @Test
  void markdown_has_tables() {
    assertThat(Cli.launch("doctor", "--markdown").out())
        .startsWith("# CPU ")
        .contains(
            "| Host |", "| CPU backend |", "| CUDA backend |", "| OpenCL, for engine fused |");
  }

  @Test
  void a_page_is_written_into_a_file(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("doctor.html");

    Cli.Outcome doctor = Cli.launch("doctor", "--format", "html", "--out", file.toString());

    assertThat(doctor.exitCode()).isZero();
    assertThat(doctor.out()).isEmpty();
    assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").contains("CPU backend");
  }

  @Test
  void a_format_that_there_is_none_of_is_answered_with_those_there_are() {
    Cli.Outcome doctor = Cli.launch("doctor", "--format", "pdf");

    assertThat(doctor.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(doctor.err())
        .contains("--format", "'pdf'", "text, markdown, csv, json, html")
        .doesNotContain("case-sensitive");
  }

  @Test
  void a_file_that_cannot_be_written_is_named(@TempDir Path folder) {
    Path file = folder.resolve("missing").resolve("doctor.html");

    Cli.Outcome doctor = Cli.launch("doctor", "--out", file.toString());

    assertThat(doctor.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR.code());
    assertThat(doctor.err()).contains("--out", file.toString(), "no such folder");
    assertThat(doctor.out()).isEmpty();
  }

  @Test
  void two_formats_at_once_are_a_usage_error() {
    Cli.Outcome doctor = Cli.launch("doctor", "--json", "--markdown");

    assertThat(doctor.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(doctor.out()).isEmpty();
    assertThat(doctor.err()).contains("--json", "--markdown");
  }
}
