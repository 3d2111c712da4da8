package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.report.bench.MadeUpBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a benchmark, and on what becomes of it when its rates are changed. */
class CompareCommandTest {
  @TempDir static Path folder;

  private static Path before;

  @BeforeAll
  static void write() throws IOException {
    before = Files.createDirectories(folder.resolve("runs/bench/0001"));
    BenchResult result =
        MadeUpBenchmark.full()
            .withEngines(BenchEngine.FUSED, BenchEngine.REFERENCE)
            .withBatchSizes(64)
            .withoutGpu("none")
            .result();
    Files.writeString(before.resolve("bench.json"), result.toJson());
  }

  /** The same benchmark with all repetitions of an engine 1,000 steps in so many seconds. */
  private static Path with(String engine, double seconds) throws IOException {
    JsonObject json = json();
    json.add("busyCores", new JsonArray());
    for (JsonElement each : json.getAsJsonArray("rows")) {
      JsonObject row = each.getAsJsonObject();
      if (row.get("engine").getAsString().equals(engine)) {
        JsonArray repetitions = row.getAsJsonArray("repetitions");
        while (repetitions.size() < 3) {
          repetitions.add(repetitions.get(0).deepCopy());
        }
        for (JsonElement repetition : repetitions) {
          repetition.getAsJsonObject().addProperty("steps", 1000);
          repetition.getAsJsonObject().addProperty("seconds", seconds);
        }
        row.getAsJsonObject("samplesPerSecond").addProperty("median", 64_000 / seconds);
      }
    }
    return Files.writeString(Files.createTempFile(folder, "with", ".json"), json.toString());
  }

  private static JsonObject json() throws IOException {
    JsonObject json =
        JsonParser.parseString(Files.readString(before.resolve("bench.json"))).getAsJsonObject();
    json.remove("sha256");
    return json;
  }

  private static Cli.Outcome compare(Object... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "compare";
    for (int i = 0; i < arguments.length; i++) {
      all[i + 1] = arguments[i].toString();
    }
    return Cli.launch(all);
  }

  @Test
  void a_benchmark_is_not_faster_or_slower_than_itself() {
    Cli.Outcome outcome = compare(before, before, "--fail-if=throughput:0%");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("inconclusive")
        .contains("Of 2 rows 0 are faster, 0 slower, 2 inconclusive");
  }

  @Test
  void a_loss_beyond_the_threshold_ends_with_exit_code_6_and_names_the_row() throws IOException {
    Path steady = with("fused", 0.9);
    Path slower = with("fused", 1);
    Cli.Outcome outcome = compare(steady, slower, "--fail-if", "throughput:5%");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.REGRESSION.code());
    assertThat(outcome.err())
        .startsWith("sumnet: regression: fused on cpu, float, 2-2-1, batch of 64 lost 10.0 % ");
    assertThat(compare(steady, slower, "--fail-if=throughput:15%").exitCode()).isZero();
    assertThat(compare(slower, steady, "--fail-if=throughput:5%").exitCode()).isZero();
    assertThat(compare(steady, slower).exitCode()).isZero();
  }

  @Test
  void a_loss_on_a_busy_machine_is_not_judged_and_a_row_that_is_missing_is_named_with_its_file()
      throws IOException {
    Path idle = with("fused", 0.9);
    JsonObject json = JsonParser.parseString(Files.readString(with("fused", 1))).getAsJsonObject();
    json.getAsJsonArray("busyCores").add(1e3);
    json.getAsJsonArray("rows").remove(1);
    Path busy = Files.writeString(folder.resolve("busy.json"), json.toString());

    Cli.Outcome outcome = compare(idle, busy, "--fail-if=throughput:5%");

    assertThat(outcome.exitCode()).as(outcome.out()).isZero();
    assertThat(outcome.err())
        .startsWith("sumnet: not judged: fused on cpu, float, 2-2-1, batch of 64 lost 10.0 % ")
        .contains("but the machine was busy");
    assertThat(outcome.unwrapped())
        .contains("While " + busy + " was measured, other processes kept up to 1000.0 of ")
        .contains("Not in " + busy + ", only in " + idle + ": reference on cpu");
    assertThat(compare(idle, busy, "--json").out())
        .contains("\"doubt\": \"the machine was busy\"", "\"missingIn\": \"" + busy + "\"");
  }

  @Test
  void json_is_one_document_with_every_number() throws IOException {
    Path steady = with("fused", 0.9);
    Cli.Outcome outcome = compare(steady, with("fused", 1.125), "--json");
    JsonObject json = JsonParser.parseString(outcome.out()).getAsJsonObject();
    JsonObject row = json.getAsJsonArray("rows").get(0).getAsJsonObject();
    assertThat(row.get("engine").getAsString()).isEqualTo("fused");
    assertThat(row.get("verdict").getAsString()).isEqualTo("slower");
    JsonObject change = row.getAsJsonObject("change");
    assertThat(change.get("median").getAsDouble()).isBetween(-0.2001, -0.1999);
    assertThat(compare(steady, steady, "--format=markdown").out()).contains("|---:");
  }

  @Test
  void an_engine_that_does_not_run_any_more_is_a_regression() throws IOException {
    JsonObject json = json();
    JsonObject row = json.getAsJsonArray("rows").get(0).getAsJsonObject();
    row.add("samplesPerSecond", null);
    row.addProperty("problem", "the process ended with exit code 1");
    Path broken = Files.writeString(folder.resolve("broken.json"), json.toString());
    Cli.Outcome outcome = compare(before, broken, "--fail-if=throughput:5%");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.REGRESSION.code());
    assertThat(outcome.err())
        .contains("was not measured in " + broken + ": the process ended with exit code 1");
  }

  @Test
  void what_is_no_benchmark_is_refused_in_words() throws IOException {
    Cli.Outcome missing = compare(before, folder.resolve("nowhere"));
    assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(missing.err()).startsWith("sumnet: B: there is no " + folder.resolve("nowhere"));
    Path other = Files.writeString(folder.resolve("other.json"), "{\"a\": 1}");
    Cli.Outcome wrong = compare(other, before);
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(wrong.err()).startsWith("sumnet: " + other + ": no schemaVersion");
  }

  @Test
  void a_benchmark_in_which_a_digit_has_changed_is_damaged() throws IOException {
    String text = Files.readString(before.resolve("bench.json"));
    Path damaged =
        Files.writeString(
            folder.resolve("damaged.json"), text.replaceFirst("\"seconds\": ", "\"seconds\": 1"));
    Cli.Outcome outcome = compare(before, damaged);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(outcome.err())
        .isEqualTo(
            "sumnet: "
                + damaged
                + ": expected what 'sumnet bench' writes, but: its content does not match its"
                + " checksum: it was damaged or changed\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"throughput", "throughput:5", "speed:5%", "throughput:-1%", "5%"})
  void a_threshold_of_another_form_is_refused(String threshold) {
    Cli.Outcome outcome = compare(before, before, "--fail-if=" + threshold);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains("expected throughput:P%", "found '" + threshold + "'");
  }
}
