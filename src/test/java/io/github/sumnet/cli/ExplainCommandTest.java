package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.ExactWorkedExample;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
  @TempDir Path folder;

  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @Test
  void the_worked_examples_exact_values_are_the_facts_to_25_digits() {
    Map<String, String> exact = strings(json(explain("--json")).getAsJsonObject("exact"));
    Map<String, String> facts = strings(ExactWorkedExample.json().getAsJsonObject("exact"));

    assertThat(exact.keySet()).isEqualTo(facts.keySet());
    facts.forEach(
        (name, fact) -> {
          BigDecimal truth = new BigDecimal(fact);
          // The facts end at 30 decimals: 27 significant digits of the smallest value.
          assertThat(new BigDecimal(exact.get(name)).subtract(truth).abs())
              .as(name)
              .isLessThanOrEqualTo(truth.abs().movePointLeft(25));
          if (truth.stripTrailingZeros().precision() > 20) {
            assertThat(new BigDecimal(exact.get(name)).precision()).as(name).isGreaterThan(30);
          }
        });
  }

  @Test
  void published_figures_are_those_of_the_facts() {
    assertThat(json(explain("--json")).get("published"))
        .isEqualTo(ExactWorkedExample.json().get("published"));
  }

  @Test
  void reference_and_dl4j_are_the_exact_values_but_for_rounding() {
    JsonObject json = json(explain("--json"));
    JsonObject inFloat = json(explain("--json", "--precision=float"));

    assertThat(json.get("device").getAsString()).isEqualTo("cpu");
    assertThat(json.get("precision").getAsString()).isEqualTo("double");
    assertThat(inFloat.get("precision").getAsString()).isEqualTo("float");
    assertThat(numbers(json, "dl4j").keySet()).isEqualTo(numbers(json, "exact").keySet());
    numbers(json, "exact")
        .forEach(
            (name, exact) -> {
              assertThat(numbers(json, "dl4j").get(name)).as(name).isCloseTo(exact, within(1e-15));
              assertThat(numbers(json, "reference").get(name))
                  .as(name)
                  .isCloseTo(exact, within(1e-15));
              assertThat(numbers(inFloat, "dl4j").get(name))
                  .as(name)
                  .isCloseTo(exact, within(1e-6));
            });
    assertThat(numbers(inFloat, "dl4j")).isNotEqualTo(numbers(json, "dl4j"));
  }

  @Test
  void the_inputs_are_given_back_as_they_were_written() {
    JsonObject inputs =
        json(explain("--json", "--x1=0x1.8p0", "--x2=-2.50", "--weights=1e-3,0x1p4,3"))
            .getAsJsonObject("inputs");

    assertThat(strings(inputs))
        .containsEntry("x1", "1.5")
        .containsEntry("x2", "-2.50")
        .containsEntry("target", "-1.00")
        .containsEntry("learningRate", "0.1")
        .containsEntry("weights.w11", "0.001")
        .containsEntry("weights.w21", "16")
        .containsEntry("weights.wh1", "3");
  }

  @ParameterizedTest
  @CsvSource({"3, w13 w23 wh3", "12, w1_12 w2_12 wh12"})
  void other_networks_have_values_for_all_their_units_and_weights(int hidden, String weights) {
    JsonObject json = json(explain("--json", "--hidden=" + hidden));

    assertThat(json.has("published")).isFalse();
    for (String source : List.of("exact", "reference", "dl4j")) {
      assertThat(json.getAsJsonObject(source).keySet())
          .contains("z" + hidden, "a" + hidden, "deltaHidden" + hidden, "zo", "loss")
          .doesNotContain("z" + (hidden + 1));
      assertThat(json.getAsJsonObject(source).getAsJsonObject("updated").keySet())
          .contains(weights.split(" ", -1))
          .hasSize(3 * hidden);
    }
    assertThat(explain("--json", "--hidden=" + hidden, "--seed=7").out())
        .isNotEqualTo(explain("--json", "--hidden=" + hidden).out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--x1=1.2",
        "--x2=2.3",
        "--target=3",
        "--learning-rate=0.2",
        "--weights=0.2,0.3,0.4,0.7,0.6,0.1"
      })
  void figures_are_published_for_the_worked_example_only(String other) {
    assertThat(json(explain("--json", other)).has("published")).isFalse();
    assertThat(explain(other).out()).doesNotContain("published", "≠");
    assertThat(json(explain("--json", "--x1=1.10", "--weights=2e-1,.3,0.40,0.7,0.6,-.1")))
        .satisfies(json -> assertThat(json.has("published")).isTrue());
  }

  @Test
  void a_value_that_cancels_keeps_its_digits() {
    // A prediction of 1 - 4e-44 and a target of 1: nothing of the residual is left at 50 digits.
    JsonObject exact =
        json(explain("--json", "--weights=100,100,100", "--target=1")).getAsJsonObject("exact");

    BigDecimal prediction = exact.get("prediction").getAsBigDecimal();
    BigDecimal delta = exact.get("deltaOutput").getAsBigDecimal();
    assertThat(prediction).isEqualByComparingTo("1");
    // δo = -(1-ŷ)²·ŷ, and 1-ŷ = e^-100 but for 44 digits behind; e^-200 from tables.
    assertThat(delta.negate().movePointRight(87).toPlainString()).startsWith("1.38389652673673753");
  }

  @Test
  void what_a_precision_cannot_hold_is_null_and_said_in_words() {
    String[] overflowing = {
      "--precision=float", "--x1=3e38", "--x2=3e38", "--target=0", "--weights=2,2,1", "--json"
    };

    JsonObject dl4j = json(explain(overflowing)).getAsJsonObject("dl4j");

    assertThat(dl4j.get("z1").isJsonNull()).isTrue();
    overflowing[5] = "--hidden=1";
    assertThat(explain(overflowing).out()).contains("Infinity", "Not finite in float: z1.");
  }

  @Test
  void the_text_is_the_documents_walk_through() {
    String out = explain().out();

    assertThat(out.lines()).allMatch(line -> line.length() <= 100);
    assertThat(out)
        .containsSubsequence(
            "The worked example: one training step of a 2-2-1 sigmoid network without biases",
            "x1 = 1.1, x2 = 2.2",
            "wh2 = -0.1",
            "Step 1: forward pass",
            "  z1 = x1·w11 + x2·w21 = 1.1·0.2 + 2.2·0.4",
            "  a2 = σ(z2) = 1/(1 + e^-1.87)",
            "    0.866458277466787529 ",
            "0.86607 ≠ 0.86646 (-0.00039)",
            "  zo = a1·wh1 + a2·wh2 = 0.75026·0.6 + 0.86646·(-0.1)",
            "Step 2: loss",
            "  L = ½(ŷ - y)² = ½(0.58989 - 3.3)²",
            "3.67545 ≠ 3.67235 (+0.0031)",
            "Step 3: backward pass",
            "  δo = (ŷ - y)·ŷ·(1 - ŷ) = (0.58989 - 3.3)·0.58989·(1 - 0.58989)",
            "  ∂L/∂wh1 = δo·a1 = -0.65563·0.75026",
            "  δ2 = δo·wh2·a2·(1 - a2) = -0.65563·(-0.1)·0.86646·(1 - 0.86646)",
            "  ∂L/∂w22 = δ2·x2 = 0.0075862·2.2",
            "Step 4: weight update",
            "  wh1 ← wh1 - η·∂L/∂wh1 = 0.6 - 0.1·(-0.49189)",
            "0.649189251660953646",
            "Document: 12 of 22 figures are not the exact values rounded: a2, zo, L,");
  }

  @Test
  void givennumbers_are_shortened_in_the_text_and_whole_in_json() {
    String[] given = {"--x1=1e-300", "--x2=0." + "3".repeat(80), "--weights=1,2,-1e-200"};

    assertThat(explain(given).out().lines()).allMatch(line -> line.length() <= 100);
    assertThat(explain(given).out()).contains("x2 ≈ 0." + "3".repeat(60) + "\n");
    assertThat(
            strings(
                json(explain(given[0], given[1], given[2], "--json")).getAsJsonObject("inputs")))
        .containsEntry("x2", "0." + "3".repeat(80));
  }

  @Test
  void a_wide_networks_text_stays_within_100_columns() {
    String out = explain("--hidden=12").out();

    assertThat(out.lines()).allMatch(line -> line.length() <= 100);
    assertThat(out).contains("zo = a1·wh1 + a2·wh2 + … + a12·wh12 = ", "∂L/∂w2_12 = δ12·x2");
    assertThat(explain("--hidden=8").out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void the_markdown_has_a_table_for_every_step() {
    String out = explain("--markdown").out();

    assertThat(out)
        .contains(
            "## Step 3: backward pass",
            "| value | formula | with numbers | exact | DL4J | ULP | published |",
            "| `z1 =` | `x1·w11 + x2·w21` | `= 1.1·0.2 + 2.2·0.4` | 1.1 | 1.1 | ",
            " | 0.86607 ≠ 0.86646 (-0.00039) |",
            "| `wh1 ←` | `wh1 - η·∂L/∂wh1` | `= 0.6 - 0.1·(-0.49189)` | 0.649189251660953646 | ");
    assertThat(out.lines().filter(line -> line.startsWith("| `")))
        .hasSize(22)
        .allMatch(line -> line.chars().filter(c -> c == '|').count() == 8);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --x1 abc                   | --x1            | 'abc'          | a number such as 1.1
          --x1 NaN                   | --x1            | 'NaN'          | a number such as 1.1
          --x2 Infinity              | --x2            | 'Infinity'     | a number such as 1.1
          --x2 -Inf                  | --x2            | '-Inf'         | a number such as 1.1
          --x1 1e400                 | --x1            | '1e400'        | 4.9e-324 to 1.79e308
          --x1 1e-400                | --x1            | '1e-400'       | 4.9e-324 to 1.79e308
          --x1 1e999999999           | --x1            | '1e999999999'  | 4.9e-324 to 1.79e308
          --x1 1e-99999999999        | --x1            | '1e-99999999999' | a number such as 1.1
          --x1 0x1                   | --x1            | '0x1'          | 0x1.8p0
          --x1 0x.p1                 | --x1            | '0x.p1'        | 0x1.8p0
          --x1 0x1p1024              | --x1            | '0x1p1024'     | 4.9e-324 to 1.79e308
          --x1 0x1p-99999            | --x1            | '0x1p-99999'   | 4.9e-324 to 1.79e308
          --x1=                      | --x1            | ''             | a number such as 1.1
          --x1 1e308 --x2 1e308      | --target        | not 2E+308     | double can hold
          --x1 1e39 --precision float | --x1           | not 1E+39      | what float can hold
          --target x                 | --target        | 'x'            | a number such as 1.1
          --learning-rate 0          | --learning-rate | not 0          | positive
          --learning-rate -0.1       | --learning-rate | not -0.1       | positive
          --weights 1,2              | --weights       | not 2          | three for every hidden unit
          --weights 1,2,3,4          | --weights       | not 4          | three for every hidden unit
          --weights 1,,3             | --weights       | ''             | a number such as 1.1
          --weights 1,2,x            | --weights       | 'x'            | a number such as 1.1
          --weights=                 | --weights       | ''             | a number such as 1.1
          --weights 1,2,3 --hidden 2 | --weights       | not 3          | three for each of --hidden 2
          --weights 1,2,3 --weights 1,2,3 | --weights  | only once      | explain --help
          --hidden 0                 | --hidden        | not 0          | between 1 and 4096
          --hidden x                 | --hidden        | 'x'            | whole number
          --precision half           | --precision     | 'half'         | float, double
          --device tpu               | --device        | 'tpu'          | auto, cpu, cuda
          --diagram x.gif            | --diagram       | 'x.gif'        | .svg or .png
          --diagram svg              | --diagram       | 'svg'          | .svg or .png
          --diagram x.svg --hidden 33 | --diagram      | not 33         | at most 32 hidden units
          --json --markdown          | --json          | not several    | one of
          """)
  void a_wrong_value_is_a_usage_error_that_says_why(
      String flags, String flag, String found, String expected) {
    List<String> arguments = new ArrayList<>(List.of("explain"));
    arguments.addAll(List.of(flags.split(" ", -1)));

    Cli.Outcome outcome = Cli.launch(arguments.toArray(String[]::new));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains(flag, found, expected)
        .contains("See 'sumnet explain --help' for what is accepted.")
        .doesNotContain("Exception", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"net.svg", "net.png", "net.SVG"})
  void a_diagram_is_written_beside_the_text_and_nothing_else_is(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "an older one");

    Cli.Outcome outcome = explain("--diagram=" + file);

    assertThat(outcome.out()).isEqualTo(explain().out());
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .startsWith(
            name.endsWith("png") ? "\u0089PNG" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    assertThat(folder).isDirectoryContaining("glob:**/" + name);
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"none/net.svg, no such folder", "folder.png, Is a directory"})
  void a_diagram_that_cannot_be_written_is_said_in_one_line(String name, String reason)
      throws IOException {
    Files.createDirectory(folder.resolve("folder.png"));
    Path file = folder.resolve(name);

    Cli.Outcome outcome = Cli.launch("explain", "--device=cpu", "--diagram=" + file);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "sumnet: --diagram: "
                + file
                + " could not be written: "
                + reason
                + System.lineSeparator());
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void values_may_come_from_a_file_and_the_environment() throws IOException {
    Path config = Files.writeString(folder.resolve("c"), "x1=0.5\nweights=1,2,3\njson=true\n");

    Cli.Outcome outcome =
        Cli.launch(Map.of("SUMNET_X2", "0.25"), "explain", "--device=cpu", "--config=" + config);

    assertThat(strings(json(outcome).getAsJsonObject("inputs")))
        .containsEntry("x1", "0.5")
        .containsEntry("x2", "0.25")
        .containsEntry("target", "0.75")
        .containsEntry("weights.wh1", "3");
  }

  private static Cli.Outcome explain(String... flags) {
    List<String> arguments = new ArrayList<>(List.of("explain", "--device=cpu"));
    arguments.addAll(List.of(flags));
    Cli.Outcome outcome = Cli.launch(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    return outcome;
  }

  private static JsonObject json(Cli.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return JsonParser.parseString(outcome.out()).getAsJsonObject();
  }

  /** All values by name, those of inner objects by both names: gradient.w11. */
  private static Map<String, String> strings(JsonObject object) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      if (member.getValue().isJsonObject()) {
        strings(member.getValue().getAsJsonObject())
            .forEach((name, value) -> values.put(member.getKey() + "." + name, value));
      } else {
        values.put(member.getKey(), member.getValue().getAsString());
      }
    }
    return values;
  }

  private static Map<String, Double> numbers(JsonObject json, String source) {
    Map<String, Double> numbers = new TreeMap<>();
    strings(json.getAsJsonObject(source))
        .forEach((name, value) -> numbers.put(name, Double.parseDouble(value)));
    return numbers;
  }
}
