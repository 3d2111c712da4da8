package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.ExactWorkedExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
  @TempDir static Path out;
  @TempDir Path folder;

  /** The worked example's weights, as good as untouched. */
  @BeforeAll
  static void train_next_to_nothing() {
    BackendBinding.bind(Device.CPU);
    Cli.Outcome outcome =
        Cli.launch(
            "train",
            "-q",
            "--device=cpu",
            "--precision=double",
            "--updater=sgd",
            "--learning-rate=1e-300",
            "--samples=10",
            "--steps=1",
            "--out=" + out);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  @Test
  void generated_samples_are_measured() {
    JsonObject json = json(evaluate("--samples", "1000", "--json"));

    assertThat(json.keySet())
        .containsExactlyInAnyOrder(
            "model",
            "engine",
            "device",
            "precision",
            "loss",
            "rmse",
            "largestError",
            "meanLoss",
            "samples");
    assertThat(json.get("samples").getAsLong()).isEqualTo(1000);
    assertThat(json.get("loss").getAsDouble()).isBetween(0.001, 1.0);
    assertThat(json.get("precision").getAsString()).isEqualTo("double");
    assertThat(evaluate("--samples", "1000").out())
        .contains("half mean squared error", "over 1,000 samples", "largest error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --data=x.csv --samples=5        | --samples has no use with --data
          --data=x.csv --seed=5           | --seed has no use with --data
          --predict=0.1,0.2 --samples=5   | --samples has no use with --predict
          --predict=0.1,0.2 --data=x.csv  | --data has no use with --predict
          """)
  void a_flag_without_use_is_refused(String flags, String reason) {
    Cli.Outcome outcome = evaluate(flags.split(" ", -1));

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains(reason);
  }

  @Test
  void inputs_beyond_those_of_the_training_are_mentioned() {
    assertThat(evaluate("--predict=0.1,0.5").err()).isEmpty();
    assertThat(evaluate("--predict=0.1,0.6").err())
        .contains("warning: an input of --predict lies outside 0.0:0.5");
    assertThat(evaluate("--samples=10", "--input-range=0:1").err())
        .contains("warning: --input-range 0.0:1.0 lies outside 0.0:0.5");
  }

  @Test
  void a_file_with_inputs_beyond_those_of_the_training_is_mentioned() throws IOException {
    Path file =
        Files.writeString(folder.resolve("wide.csv"), "x1,x2,y\n0.1,0.2,0.3\n0.1,0.7,0.8\n");

    assertThat(evaluate("--data=" + file).err())
        .isEqualTo(
            "warning: --data "
                + file
                + " with inputs x1 in 0.1:0.1, x2 in 0.2:0.7 lies outside 0.0:0.5, which the model was"
                + " trained on: expect larger errors"
                + System.lineSeparator());
  }

  @Test
  void other_seeds_and_ranges_are_other_samples() {
    double loss = json(evaluate("--samples=1000", "--json")).get("loss").getAsDouble();

    assertThat(json(evaluate("--samples=1000", "--json", "--seed=42")).get("loss").getAsDouble())
        .isEqualTo(loss);
    assertThat(json(evaluate("--samples=1000", "--json", "--seed=7")).get("loss").getAsDouble())
        .isNotEqualTo(loss);
    assertThat(
            json(evaluate("--samples=1000", "--json", "--input-range=0:1"))
                .get("loss")
                .getAsDouble())
        .isNotEqualTo(loss);
  }

  @Test
  void a_predicted_sample_is_the_worked_examples() {
    Cli.Outcome outcome = evaluate("--predict", "1.1,2.2", "--predict", "0.5,0.25", "--json");

    JsonArray predictions = json(outcome).getAsJsonArray("predictions");
    assertThat(predictions).hasSize(2);
    JsonObject first = predictions.get(0).getAsJsonObject();
    assertThat(first.get("prediction").getAsDouble())
        .isCloseTo(ExactWorkedExample.value("prediction"), within(1e-12));
    assertThat(first.get("sum").getAsDouble()).isEqualTo(1.1 + 2.2);
    assertThat(evaluate("--predict", "0.5,0.25").out())
        .startsWith("x1 = 0.5, x2 = 0.25: predicts 0.");
  }

  @Test
  void a_file_is_measured() throws IOException {
    Path csv = Files.writeString(folder.resolve("one.csv"), "x1,x2,y\n1.1,2.2,3.3\n");

    JsonObject json = json(evaluate("--json", "--data", csv.toString()));

    assertThat(json.get("samples").getAsLong()).isEqualTo(1);
    assertThat(json.get("loss").getAsDouble())
        .isCloseTo(ExactWorkedExample.value("loss"), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x1,x2\\n1,2        | :1: expected the header x1,x2,y, found 'x1,x2'
          x1,x2,y\\n1,2      | :2: expected 3 fields x1,x2,y, found 2
          x1,x2,y\\n1,2,3,4    | :2: expected 3 fields x1,x2,y, found 4
          x1,x2,y\\n1,2,z    | :2: y must be a finite number, found 'z'
          x1,x2,y\\n1,NaN,3  | :2: x2 must be a finite number, found 'NaN'
          x1,x2,y            | : expected at least one sample below the header
          """)
  void a_file_with_a_wrong_line_is_refused_by_its_place(String content, String reason)
      throws IOException {
    Path csv = Files.writeString(folder.resolve("bad.csv"), content.replace("\\n", "\n"));

    Cli.Outcome outcome = evaluate("--data", csv.toString());

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(outcome.err()).startsWith("sumnet: " + csv + reason).hasLineCount(1);
  }

  @Test
  void a_numpy_file_is_measured_like_the_same_samples_in_csv() {
    List<String> losses = new ArrayList<>();
    for (String name : List.of("a.npy", "a.csv")) {
      String file = folder.resolve(name).toString();
      assertThat(Cli.launch("generate", file, "--samples=3000", "--seed=4").exitCode()).isZero();
      JsonObject json = json(evaluate("--json", "--data", file));
      assertThat(json.get("samples").getAsLong()).isEqualTo(3000);
      losses.add(json.get("loss").getAsString() + json.get("largestError").getAsString());
    }
    assertThat(losses.get(0)).isEqualTo(losses.get(1));
  }

  @Test
  void a_numpy_file_that_is_cut_short_is_refused() throws IOException {
    Path npy = folder.resolve("a.npy");
    assertThat(Cli.launch("generate", npy.toString(), "--samples=3000").exitCode()).isZero();
    Files.write(npy, Arrays.copyOf(Files.readAllBytes(npy), 30_000));

    Cli.Outcome outcome = evaluate("--data", npy.toString());

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(outcome.err())
        .startsWith("sumnet: " + npy + ": byte 30000: the file ends early")
        .hasLineCount(1);
  }

  @Test
  void a_file_that_is_not_there_is_a_usage_error() {
    Cli.Outcome outcome = evaluate("--data", folder.resolve("none.csv").toString());

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .startsWith("sumnet: --data: cannot read " + folder.resolve("none.csv") + ": no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1,", ",1", "1,2,3", "a,b", "1;2", "NaN,1", "Infinity,1", ""})
  void a_prediction_needs_two_finite_numbers(String pair) {
    Cli.Outcome outcome = evaluate("--predict=" + pair);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains("--predict").contains("'" + pair + "'");
  }

  @Test
  void other_wrong_values_are_usage_errors() {
    assertThat(evaluate("--samples=0").err()).contains("--samples must be at least 1, not 0");
    assertThat(evaluate("--samples=0").exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(evaluate("--input-range=1:0").exitCode()).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void a_model_that_is_not_there_is_a_usage_error_in_words_of_this_command() {
    Cli.Outcome none = Cli.launch("evaluate", "--out", folder.toString());
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(none.err())
        .isEqualTo(
            "sumnet: MODEL last: no run in "
                + folder
                + " has a checkpoint"
                + System.lineSeparator());

    Cli.Outcome missing = Cli.launch("evaluate", folder.resolve("x.zip").toString());
    assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(missing.err()).startsWith("sumnet: MODEL: there is no checkpoint ");
  }

  private static Cli.Outcome evaluate(String... flags) {
    List<String> arguments = new ArrayList<>(List.of("evaluate", "--device=cpu", "--out=" + out));
    arguments.addAll(List.of(flags));
    return Cli.launch(arguments.toArray(String[]::new));
  }

  private static JsonObject json(Cli.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err().lines()).allMatch(line -> line.startsWith("warning: "));
    return JsonParser.parseString(outcome.out()).getAsJsonObject();
  }
}
