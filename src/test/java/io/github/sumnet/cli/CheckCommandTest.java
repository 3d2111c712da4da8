package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.data.file.SampleTable;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class CheckCommandTest {
  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @Test
  void a_right_engine_passes() {
    Cli.Outcome outcome = check("--form=short", "--hidden=2,3");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .containsPattern("float +2-2-1 +pass")
        .containsPattern("double +2-3-1 +pass");
    assertThat(outcome.out())
        .containsOnlyOnce("intermediate values: z, a, ŷ and the deltas come from a second pass");
    assertThat(outcome.out().lines().reduce((a, b) -> b)).get().asString().startsWith("PASS: ");
    assertThat(outcome.err()).contains("checking dl4j on cpu in float, 2-2-1");
  }

  @Test
  void the_words_of_a_result_are_explained_above_its_verdict() {
    String passed = check("--form=short", "--hidden=2", "--precision=float").out();
    String failed = check("--mutant=wrong-sign", "--hidden=1", "--precision=float").out();

    assertThat(passed)
        .containsPattern("  inconclusive +no larger than its own bound")
        .containsPattern("  worst +the largest error")
        .doesNotContain("  condition ", "  design ", "  floor ");
    assertThat(failed).contains("  condition  ", "  design  ", "  coverage  ");
    assertThat(List.of(passed, failed))
        .allSatisfy(
            text ->
                assertThat(List.of(text.strip().split("\\R\\R")))
                    .last()
                    .asString()
                    .matches("(?s)(PASS|FAIL): .*"));
  }

  @Test
  void json_counts_what_was_checked() {
    JsonObject json = json(0, check("--form=short", "--hidden=1,2", "--json"));

    assertThat(json.keySet())
        .contains(
            "verdict",
            "components",
            "checked",
            "failed",
            "inconclusive",
            "worstErrorOverBound",
            "firstWrongStage",
            "failures");
    assertThat(json.get("verdict").getAsString()).isEqualTo("pass");
    assertThat(json.get("failed").getAsInt()).isZero();
    assertThat(json.get("failures").getAsJsonArray()).isEmpty();
    assertThat(json.get("worstErrorOverBound").getAsDouble()).isBetween(0.3, 1.0);
    int checked = 0;
    JsonArray reports = json.getAsJsonArray("reports");
    assertThat(reports).hasSize(4);
    for (JsonElement report : reports) {
      checked += report.getAsJsonObject().get("checked").getAsInt();
      assertThat(report.getAsJsonObject().get("intermediateValues").getAsString())
          .isEqualTo("second-pass");
    }
    assertThat(json.get("checked").getAsInt()).isEqualTo(checked);
    assertThat(json.get("components").getAsInt()).isEqualTo(checked);
  }

  @Test
  void the_full_form_tries_what_is_not_finite_and_takes_the_same_step_again() {
    JsonObject json = json(0, check("--hidden=1", "--precision=float", "--json"));

    JsonObject report = json.getAsJsonArray("reports").get(0).getAsJsonObject();
    assertThat(report.get("form").getAsString()).isEqualTo("full");
    assertThat(report.getAsJsonArray("nonFinite")).isNotEmpty();
    assertThat(report.get("undefined").getAsInt()).isPositive();
    assertThat(json.get("undefined")).isEqualTo(report.get("undefined"));
    assertThat(report.getAsJsonObject("repeatability").get("identical").getAsBoolean()).isTrue();
    assertThat(report.get("confirmedByIndependentDerivative").getAsInt()).isGreaterThan(50);
    assertThat(report.get("contradictedByIndependentDerivative").getAsInt()).isZero();
  }

  @Test
  void the_reference_engine_is_judged_in_double() {
    JsonObject json = json(0, check("--engine=reference", "--form=short", "--hidden=2", "--json"));
    assertThat(json.getAsJsonArray("reports")).hasSize(1);
    JsonObject report = json.getAsJsonArray("reports").get(0).getAsJsonObject();
    assertThat(report.get("intermediateValues").getAsString()).isEqualTo("training-pass");
  }

  @Test
  void a_seed_may_come_from_the_environment() {
    Cli.Outcome outcome =
        Cli.launch(
            Map.of("SUMNET_SEED", "7"),
            "check",
            "--form=short",
            "--hidden=1",
            "--precision=double",
            "--json");
    JsonObject report = json(0, outcome).getAsJsonArray("reports").get(0).getAsJsonObject();
    assertThat(report.get("seed").getAsLong()).isEqualTo(7);
  }

  @Test
  void a_failure_names_stage_suspicion_values_and_worst_sample() {
    Cli.Outcome outcome = check("--mutant=sum-for-mean", "--hidden=2", "--precision=double");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.GRADIENT_MISMATCH.code());
    assertThat(outcome.out())
        .containsPattern("first wrong stage +mean gradient")
        .containsPattern("suspicion +the mean gradient is N times the true one")
        .contains("the engine; the reference agrees with the truth")
        .containsPattern("coverage +[0-9,]+ of [0-9,]+ values checked")
        .containsPattern("w12 +L1\\[0,1\\] 2 ")
        .contains("independent", "worst sample", "condition")
        .contains("FAIL: ");
  }

  @Tag("campaign")
  @ParameterizedTest
  @CsvSource({
    "sum-for-mean, double, 2",
    "last-chunk-only, float, 3",
    "accumulated-gradient, double, 1",
    "overflowing-exponential, float, 2"
  })
  void the_command_that_a_failure_prints_shows_it_again(
      String mutant, String precision, int hidden) {
    Cli.Outcome failed =
        check("--mutant=" + mutant, "--hidden=" + hidden, "--precision=" + precision, "--json");
    JsonObject failure = onlyFailure(failed);

    Cli.Outcome again = Cli.launch(arguments(failure.get("replay").getAsString(), "--json"));

    JsonObject repeated = onlyFailure(again);
    assertThat(repeated.get("stage")).isEqualTo(failure.get("stage"));
    assertThat(repeated.get("samples")).isEqualTo(failure.get("samples"));
    assertThat(repeated.get("components")).isEqualTo(failure.get("components"));
  }

  @Tag("campaign")
  @ParameterizedTest
  @CsvSource({
    "wrong-sign, --hidden=2 --precision=double",
    "tanh-slope, --hidden=2 --precision=float",
    "small-error, --hidden=2 --precision=float",
    "small-error, '--layers=3:4:tanh,2:softmax --loss=mcxent --precision=double'"
  })
  void the_command_that_a_failure_prints_succeeds_once_the_fault_is_mended(
      String mutant, String network) {
    JsonObject failure =
        onlyFailure(check(("--mutant=" + mutant + " " + network + " --json").split(" ")));
    String replay = failure.get("replay").getAsString().replace(" --mutant " + mutant, "");

    JsonObject json = json(ExitCode.OK.code(), Cli.launch(arguments(replay, "--json")));

    assertThat(json.get("verdict").getAsString()).isEqualTo("in-bounds");
    assertThat(json.get("failed").getAsInt()).isZero();
  }

  @Test
  void a_case_in_which_nothing_can_be_judged_has_an_exit_code_of_its_own() {
    Cli.Outcome outcome =
        check(
            "--hidden=1", "--precision=double", "--weights=1e308,1e308,1", "--step=1e308,1e308,0");

    assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(ExitCode.NOT_CERTIFIED.code());
    assertThat(outcome.out()).contains("INCONCLUSIVE: ");
  }

  @Test
  void a_case_of_single_samples_certifies_nothing() {
    Cli.Outcome outcome =
        check(
            "--mutant=sum-for-mean",
            "--hidden=1",
            "--precision=double",
            "--weights=1,2,3",
            "--step=0.5,-1,0.25",
            "--step=2,0.75,-0.5");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("IN-BOUNDS: ", "design 'replay' cannot show a sum taken for a mean");
  }

  @Test
  void zeros_certify_nothing() {
    JsonObject json =
        json(
            ExitCode.OK.code(),
            check(
                "--hidden=1",
                "--precision=double",
                "--weights=1,2,0",
                "--step=0.5,-1,0.25 2,0.75,-0.5",
                "--json"));
    assertThat(json.get("verdict").getAsString()).isEqualTo("in-bounds");
    assertThat(json.get("failed").getAsInt()).isZero();
  }

  @Test
  void every_fault_that_can_be_planted_is_listed() {
    Cli.Outcome text = check("--list-faults");
    JsonArray faults =
        JsonParser.parseString(check("--list-faults", "--json").out()).getAsJsonArray();

    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out().lines()).hasSize(Fault.values().length + 1);
    assertThat(text.out())
        .containsPattern("sum-for-mean +mean gradient +the gradient's sum is not divided");
    assertThat(faults)
        .extracting(fault -> fault.getAsJsonObject().get("name").getAsString())
        .containsExactly(Arrays.stream(Fault.values()).map(Fault::toString).toArray(String[]::new));
  }

  @Test
  void a_network_of_layers_is_judged_and_a_fault_in_it_named() {
    String[] layers = {"--layers=3:4:tanh,2:softmax", "--loss=mcxent", "--precision=float"};
    Cli.Outcome right = check(layers[0], layers[1], layers[2]);
    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(right.out()).containsPattern("float +3-4-2: tanh, softmax; mcxent +pass");

    Cli.Outcome wrong =
        check(layers[0], layers[1], layers[2], "--mutant=missing-hidden-slope", "--json");
    JsonObject failure = onlyFailure(wrong);
    assertThat(failure.get("stage").getAsString()).isEqualTo("delta, layer 1");
    assertThat(failure.get("cause").getAsString()).isEqualTo("slope-missing");
  }

  @Test
  void junit_xml_has_a_failure_where_a_stage_is_wrong(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("check.xml");
    Cli.Outcome outcome =
        check(
            "--layers=3:4:tanh,2:softmax",
            "--loss=mcxent",
            "--precision=float",
            "--mutant=small-error",
            "--format=junit",
            "--out=" + file);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(3);
    List<Element> suites = elements(Files.readString(file), "testsuite");
    assertThat(suites).hasSize(10);
    for (Element suite : suites) {
      assertThat(suite.getAttribute("name"))
          .startsWith("planted fault small-error on cpu in float, 3-4-2: tanh, softmax; mcxent");
      assertThat(suite.getElementsByTagName("testcase").getLength())
          .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
      assertThat(suite.getElementsByTagName("failure").getLength())
          .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
      assertThat(suite.getElementsByTagName("skipped").getLength())
          .isEqualTo(Integer.parseInt(suite.getAttribute("skipped")));
    }
    Element verdict = (Element) suites.get(0).getElementsByTagName("failure").item(0);
    assertThat(verdict.getAttribute("message")).startsWith("gradient check: fail, ");
    assertThat(verdict.getTextContent()).contains("scripts/sumnet check --layers");
    Element seven =
        suites.stream()
            .filter(suite -> name(suite).endsWith("weights, n=7"))
            .findAny()
            .orElseThrow();
    List<Element> wrong =
        elements(seven, "testcase").stream()
            .filter(test -> test.getElementsByTagName("failure").getLength() > 0)
            .toList();
    assertThat(wrong)
        .extracting(CheckCommandTest::name)
        .startsWith("gradient, layer 1")
        .doesNotContain("forward, layer 1", "gradient, layer 2");
    assertThat(elements(wrong.get(0), "failure").get(0).getAttribute("message"))
        .matches("\\d+ of \\d+ values wrong, 0 of the reference; worst error .* of its bound");
  }

  @Test
  void junit_xml_of_right_engines_has_no_failure_and_only_check_offers_it() throws Exception {
    Cli.Outcome right = check("--form=short", "--hidden=2", "--precision=float", "--format=junit");
    assertThat(right.exitCode()).as(right.err()).isZero();
    assertThat(elements(right.out(), "testcase")).hasSizeGreaterThan(50);
    assertThat(elements(right.out(), "failure")).isEmpty();

    Cli.Outcome explain = Cli.launch("explain", "--format=junit");
    assertThat(explain.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(explain.err()).contains("expected one of text, markdown, csv, json, html, not");
    assertThat(Cli.launch("explain", "--help").out()).doesNotContain("junit");
    assertThat(Cli.launch("check", "--help").out()).contains("junit");
  }

  private static String name(Element element) {
    return element.getAttribute("name");
  }

  private static List<Element> elements(String xml, String tag) throws Exception {
    return elements(
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)))
            .getDocumentElement(),
        tag);
  }

  private static List<Element> elements(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  @Test
  void samples_of_a_file_are_what_a_network_is_judged_on(@TempDir Path folder) throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("own.csv"), "a,b,c,d\n1,2,0.5,0\n-1.5,0.25,0.75,1\n0.5,-3,1,0\n");
    String[] layers = {"--layers=2:3:tanh,2:identity", "--precision=float", "--data=" + csv};
    Cli.Outcome right = check(layers[0], layers[1], layers[2], "--json");
    JsonObject report = json(0, right).getAsJsonArray("reports").get(0).getAsJsonObject();
    assertThat(
            report.getAsJsonArray("designs").get(0).getAsJsonObject().get("design").getAsString())
        .isEqualTo("the model's weights, the data, n=3");

    JsonObject failure =
        onlyFailure(check(layers[0], layers[1], layers[2], "--mutant=wrong-sign", "--json"));
    assertThat(failure.get("replay").getAsString())
        .contains(" --data " + csv)
        .containsPattern(
            "--step='(0x1.0p0,0x1.0p1|-0x1.8p0,0x1.0p-2|0x1.0p-1,-0x1.8p1),[0-9xp.-]+,0x[01].0p0'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2,3 | :1: expected 4 columns, 2 inputs and then 2 targets, found 3",
        "a,b,c,d;1,2,3,x | :2: expected finite numbers, found 'x'",
        "1,2,3,x | :1: expected finite numbers, found 'x'",
        "1,2,3,1e300 | sample 1 has a number that is not finite in float",
        "a,b,c,d | expected at least one sample, found none"
      })
  void data_that_do_not_fit_a_network_are_bad(String content, String message, @TempDir Path folder)
      throws IOException {
    Path csv = Files.writeString(folder.resolve("own.csv"), content.replace(';', '\n') + "\n");
    Cli.Outcome outcome =
        check("--layers=2:3:tanh,2:identity", "--precision=float", "--data=" + csv);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(outcome.err()).contains(csv.toString()).contains(message);
  }

  @Test
  void a_numpy_file_may_have_any_columns(@TempDir Path folder) throws IOException {
    String entries = "{'descr': '>f8', 'fortran_order': True, 'shape': (2, 4), }";
    byte[] header =
        String.format("\u0093NUMPY\u0001\u0000v\u0000%-117s%n", entries)
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer bytes = ByteBuffer.allocate(128 + 64).put(header);
    double[] columns = {1, -1, 2, 0.5, 0.25, 0.75, 0, 1};
    for (int i = 0; i < columns.length; i++) {
      bytes.putDouble(128 + 8 * i, columns[i]);
    }
    Path npy = Files.write(folder.resolve("own.npy"), bytes.array());
    assertThat(SampleTable.read("--data", npy, 2, 2, Precision.FLOAT, 9))
        .containsExactly(new double[] {1, 2, 0.25, 0}, new double[] {-1, 0.5, 0.75, 1});
    Cli.Outcome outcome = check("--layers=2:3:tanh,1:identity", "--data=" + npy);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(outcome.err()).contains("expected the shape (N, 3): 2 inputs and then 1 target,");
  }

  @Test
  @Tag("campaign")
  void a_network_of_layers_is_tested_with_every_fault_that_fits() {
    JsonObject json =
        json(
            0,
            check(
                "--layers=3:4:tanh,2:softmax",
                "--loss=mcxent",
                "--self-test",
                "--trials=50",
                "--json"));
    JsonObject mutants = json.getAsJsonObject("mutants");
    assertThat(mutants.get("planted").getAsInt()).isGreaterThan(60);
    assertThat(mutants.get("caught")).isEqualTo(mutants.get("planted"));
    assertThat(mutants.get("stageRight")).isEqualTo(mutants.get("planted"));
    assertThat(json.getAsJsonObject("falseAlarms").get("alarms").getAsLong()).isZero();
  }

  @Test
  @Tag("campaign")
  void the_check_tests_itself() {
    JsonObject json =
        json(0, check("--self-test", "--trials=200", "--form=short", "--hidden=2,3", "--json"));

    JsonObject mutants = json.getAsJsonObject("mutants");
    int planted = mutants.get("planted").getAsInt();
    assertThat(planted).isGreaterThanOrEqualTo(20);
    assertThat(mutants.get("caught").getAsInt()).isEqualTo(planted);
    assertThat(mutants.get("stageRight").getAsInt()).isEqualTo(planted);
    assertThat(mutants.get("causeRight").getAsInt()).isEqualTo(planted);
    assertThat(mutants.getAsJsonArray("missed")).isEmpty();
    JsonObject falseAlarms = json.getAsJsonObject("falseAlarms");
    assertThat(falseAlarms.get("trials").getAsLong()).isEqualTo(200);
    assertThat(falseAlarms.get("alarms").getAsLong()).isZero();
  }

  @Test
  @Tag("campaign")
  void a_self_test_plants_only_faults_of_the_precision_that_is_tried() {
    JsonObject json =
        json(
            0,
            check(
                "--self-test",
                "--trials=20",
                "--form=short",
                "--hidden=2",
                "--precision=float",
                "--json"));

    assertThat(json.getAsJsonObject("mutants").getAsJsonArray("results"))
        .hasSize(47)
        .allSatisfy(
            mutant ->
                assertThat(mutant.getAsJsonObject().get("precision").getAsString())
                    .isEqualTo("float"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--hidden=0 | --hidden: hidden units must be between 1 and 4096, not 0",
        "--hidden=x | --hidden",
        "--threads=0 | --threads must be from 1 to 1024, not 0",
        "--trials=0 | --trials must be at least 1, not 0",
        "--mutant=gremlin | --mutant",
        "--mutant=transposed-weights --hidden=1 | it needs at least two hidden units",
        "--mutant=float-sum --precision=float | it needs double precision",
        "--engine=reference --precision=float | --precision must be double",
        "--weights=1,2,3 | --step",
        "--layers=4:8 | --layers must be INPUTS:UNITS:ACTIVATION",
        "--layers=4:8:tank,1:tanh | --layers has the activation 'tank' in '8:tank'",
        "--layers=4:8:tanh --loss=huber | --loss",
        "--layers=2:1:tanh --weights=1,2 --step=1,2,3 --precision=float | a 2-1 network has 3 weights and biases, not 2",
        "--loss=mse | name one by --layers or --model",
        "--layers=2:1:tanh --data=none.csv | --data: cannot read none.csv: no such file",
        "--layers=2:1:tanh --data=none.csv --self-test | leave out --data",
        "--layers=2:1:tanh --mutant=last-chunk-only | it needs an engine's many and extreme cases",
        "--model=missing.zip | --model missing.zip: there is no such file",
        "--hidden=2 --precision=float --weights=1,2,3 --step=1,2,3 | 2-2-1 network has 6 weights, not 3",
        "--hidden=1 --precision=float --weights=1,2,NaN --step=1,2,3 | --weights expects finite numbers, not 'NaN'",
        "--hidden=1 --precision=float --weights=1,2,3 --step=1,2 | --step expects samples of 3 numbers such as 0.1,0.2,0.3, not '1,2'",
        "--hidden=1 --precision=float --weights=1,2,3 --step=1,2,3/ | --step expects",
        "--hidden=1,2 --precision=float --weights=1,2,3 --step=1,2,3 | one --hidden and one --precision",
      })
  void bad_input_is_refused_with_its_flag(String arguments, String message) {
    Cli.Outcome outcome = check(arguments.split(" "));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void training_can_ask_for_the_full_form(@TempDir Path out) throws IOException {
    Cli.Outcome outcome =
        Cli.launch(
            "train",
            "-q",
            "--device=cpu",
            "--hidden=1",
            "--samples=10",
            "--steps=1",
            "--check=full",
            "--out=" + out);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonObject report =
        JsonParser.parseString(Files.readString(out.resolve("train/0001/gradient-check.json")))
            .getAsJsonObject();
    assertThat(report.get("form").getAsString()).isEqualTo("full");
    assertThat(report.get("verdict").getAsString()).isEqualTo("pass");
  }

  private static Cli.Outcome check(String... arguments) {
    List<String> all = new ArrayList<>(List.of("check", "--device=cpu"));
    all.addAll(Arrays.asList(arguments));
    return Cli.launch(all.toArray(String[]::new));
  }

  private static JsonObject json(int exitCode, Cli.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    return JsonParser.parseString(outcome.out()).getAsJsonObject();
  }

  private static JsonObject onlyFailure(Cli.Outcome outcome) {
    JsonArray failures =
        json(ExitCode.GRADIENT_MISMATCH.code(), outcome).getAsJsonArray("failures");
    assertThat(failures).hasSize(1);
    return failures.get(0).getAsJsonObject();
  }

  /** The arguments as a shell would hand them over. */
  private static String[] arguments(String command, String... more) {
    List<String> arguments = new ArrayList<>();
    Matcher words = Pattern.compile("(?:[^\\s']|'[^']*')+").matcher(command);
    while (words.find()) {
      arguments.add(words.group().replace("'", ""));
    }
    assertThat(arguments.remove(0)).isEqualTo("scripts/sumnet");
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }
}
