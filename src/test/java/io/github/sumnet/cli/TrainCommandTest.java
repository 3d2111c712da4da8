package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.CraftedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command train, and what it leaves behind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TrainCommandTest {
  private static final String SMALL = "--device cpu --samples 1000 --batch-size 300 ";

  @TempDir Path folder;

  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "local[0]", "spark://host", "spark://:7077", "http://host:80"})
  void a_master_of_no_known_form_is_refused(String master) {
    Cli.Outcome outcome = train("--master " + master);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .contains("--master must be local[N] or spark://HOST:PORT, not '" + master + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "local[*]", "spark://127.0.0.1:7077", "spark://a:1,b:2"})
  void without_spark_a_master_is_answered_by_how_to_build_with_it(String master) {
    Cli.Outcome outcome = train("--master " + master);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .contains(
            "--master "
                + master
                + ": this build has no Spark; build one with 'mvn -B -q -Dquick -Pspark"
                + " -DskipTests package'");
  }

  @Test
  void json_is_one_document_with_all_that_the_run_came_to() {
    Cli.Outcome outcome = train(SMALL + "--epochs 2 --json");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("{").endsWith("}" + System.lineSeparator());
    JsonObject json = JsonParser.parseString(outcome.out()).getAsJsonObject();
    assertThat(json.keySet())
        .contains(
            "finalLoss",
            "rmse",
            "largestError",
            "meanLoss",
            "samplesPerSecond",
            "steps",
            "samples",
            "engine",
            "device",
            "precision",
            "gradientCheck",
            "weights",
            "model",
            "runDirectory",
            "secondsTraining",
            "secondsStartup",
            "secondsJvm",
            "secondsNd4j",
            "secondsGradientCheck");
    assertThat(
            Stream.of("secondsJvm", "secondsNd4j", "secondsGradientCheck")
                .mapToDouble(part -> json.get(part).getAsDouble())
                .sum())
        .isPositive()
        .isLessThan(json.get("secondsStartup").getAsDouble() + 1e-9);
    assertThat(json.get("steps").getAsLong()).isEqualTo(8);
    assertThat(json.get("samples").getAsLong()).isEqualTo(2000);
    assertThat(json.get("gradientCheck").getAsString()).isEqualTo("pass");
    assertThat(json.get("engine").getAsString()).isEqualTo("dl4j");
    assertThat(json.get("device").getAsString()).isEqualTo("cpu");
    assertThat(json.get("precision").getAsString()).isEqualTo("float");
    assertThat(json.getAsJsonObject("weights").keySet())
        .containsExactly("w11", "w12", "w21", "w22", "wh1", "wh2");
    double loss = json.get("finalLoss").getAsDouble();
    assertThat(loss).isBetween(1e-6, 0.1);
    assertThat(json.get("rmse").getAsDouble()).isEqualTo(Math.sqrt(2 * loss));
    assertThat(Path.of(json.get("model").getAsString())).isRegularFile();
    assertThat(Path.of(json.get("runDirectory").getAsString())).isEqualTo(runs().folder(1));
    assertThat(outcome.err()).contains("gradient check: pass");
  }

  @Test
  void weights_of_other_networks_are_arrays() {
    Cli.Outcome outcome = train(SMALL + "--hidden 3 --steps 1 --json -q");

    JsonObject weights =
        JsonParser.parseString(outcome.out()).getAsJsonObject().getAsJsonObject("weights");
    assertThat(weights.getAsJsonArray("hidden")).hasSize(2);
    assertThat(weights.getAsJsonArray("hidden").get(0).getAsJsonArray()).hasSize(3);
    assertThat(weights.getAsJsonArray("output")).hasSize(3);
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void text_says_what_was_learned_what_was_checked_where_the_rest_is_and_what_to_do_next() {
    Cli.Outcome outcome = train(SMALL + "--epochs 30 --evaluate-every 4");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.unwrapped())
        .containsPattern(
            "^Learned x1 \\+ x2 to ± 0\\.\\d+ on inputs from 0 to 0\\.5 \\(root mean squared error"
                + " over 65,536 samples that training did not see; largest error 0\\.\\d+\\)\\."
                + " Predicting the mean of all targets every time would be ± 0\\.20; the best that"
                + " this network can do is ± 0\\.014\\.")
        .containsPattern(
            "Gradients checked before training: 1\\d,\\d+ values right, 0 wrong, \\d+ inc.*\\.")
        .contains(
            "in "
                + runs().folder(1)
                + "; 'scripts/sumnet report "
                + runs().folder(1)
                + "' draws it, checkpoints/last.zip is there to go on from.")
        .endsWith("Next: scripts/sumnet evaluate " + runs().folder(1) + " --predict=0.1,0.3");
    assertThat(outcome.out())
        .contains("half mean squared error", "w11 ", "120 steps, 30,000 samples", "ended by epochs")
        .doesNotContain("gradient check:");
    assertThat(outcome.err())
        .contains("gradient check: pass", "step 4 of 120, epoch 1: held-out loss");
  }

  @Test
  void a_useless_result_is_called_one_and_no_prediction_is_recommended() {
    Cli.Outcome outcome = train(SMALL + "--epochs 2 --learning-rate 1e20 -q");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.unwrapped())
        .startsWith("Did not learn x1 + x2: predicts it to ± 0.5")
        .contains("no better than to predict the mean of all targets every time: ± 0.20;")
        .contains("Next: a smaller --learning-rate")
        .doesNotContain("00000000");
    Cli.Outcome evaluated = Cli.launch("evaluate", runs().folder(1).toString());
    assertThat(evaluated.out())
        .contains("would be the half mean squared error: the model does no better");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--hidden 3", "--input-range 0:0.4", "--engine fused"})
  void the_best_that_can_be_done_is_said_only_of_the_default_network_on_the_default_inputs(
      String flags) {
    assertThat(train(SMALL + "--steps 1 -q " + flags).out().contains("the best that this network"))
        .isEqualTo(flags.startsWith("--engine"));
  }

  @Test
  void one_of_anything_is_not_many() {
    String out = train("--device cpu --samples 1 --steps 1").out();

    assertThat(out).contains("1 step, 1 sample in ").doesNotContain("1 steps", "1 samples ");
    assertThat(train("--device cpu --samples 1 --batch-size 2 --steps 1 --dry-run").err())
        .contains("an epoch has 1 sample, so a step takes 1");
  }

  @Test
  void the_command_to_try_next_works() {
    for (String range : List.of("0:0.5", "-0.2:0.5", "0.1:0.3")) {
      Cli.Outcome outcome = train(SMALL + "--steps 1000 --input-range=" + range);
      String next = outcome.out().lines().reduce((before, last) -> last).orElseThrow();

      Cli.Outcome evaluated =
          Cli.launch(next.substring("  scripts/sumnet ".length()).split(" ", -1));

      assertThat(evaluated.exitCode()).as(next + evaluated.err()).isZero();
      assertThat(evaluated.err()).as(next).isEmpty();
      assertThat(evaluated.out()).hasLineCount(1);
    }
  }

  @Test
  void quiet_leaves_stderr_to_trouble() {
    assertThat(train(SMALL + "--steps 2 -q").err()).isEmpty();
  }

  @Test
  void the_run_folder_holds_what_was_asked_for_found_and_learnt() throws IOException {
    Cli.Outcome outcome =
        train(
            SMALL
                + "--epochs 3 --evaluate-every 4 --log-every 2 --keep 2 --checkpoint-every 4"
                + " --json");

    assertThat(files(runs().folder(1)))
        .extracting(name -> name.replaceFirst("(?<=^events.out.tfevents.)\\d{10}(?=.)", "SECONDS"))
        .containsExactlyInAnyOrder(
            "config.properties",
            "environment.json",
            "gradient-check.json",
            "metrics.csv",
            "events.out.tfevents.SECONDS.sumnet",
            "summary.json",
            "checkpoints",
            "checkpoints/last.zip",
            "checkpoints/best.zip",
            "checkpoints/step-8.zip",
            "checkpoints/step-12.zip");
    JsonObject summary = json(runs().folder(1).resolve("summary.json"));
    assertThat(summary).isEqualTo(JsonParser.parseString(outcome.out()));
    JsonObject environment = json(runs().folder(1).resolve("environment.json"));
    assertThat(environment.keySet())
        .contains("sumnet", "nd4j", "arguments", "start", "jdk", "device", "deviceReason");
    assertThat(environment.getAsJsonArray("arguments").get(0).getAsString()).isEqualTo("train");
    JsonObject check = json(runs().folder(1).resolve("gradient-check.json"));
    assertThat(check.get("verdict").getAsString()).isEqualTo("pass");
    assertThat(check.get("failed").getAsInt()).isZero();
    assertThat(check.getAsJsonArray("designs").size()).isGreaterThan(2);
    List<NamedCsvRecord> metrics = metrics(runs().folder(1));
    assertThat(metrics)
        .extracting(m -> m.getField("step"))
        .containsExactly("2", "4", "6", "8", "10", "12");
    assertThat(metrics.get(0).getField("heldOutLoss")).isEmpty();
    assertThat(Double.parseDouble(metrics.get(1).getField("heldOutLoss"))).isPositive();
    for (String checkpoint : List.of("last", "best", "step-8", "step-12")) {
      Path file = runs().folder(1).resolve("checkpoints").resolve(checkpoint + ".zip");
      assertThat(Checkpoint.read(file).provenance()).contains("\"operatingSystem\"");
    }
  }

  private static List<NamedCsvRecord> metrics(Path run) throws IOException {
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(run.resolve("metrics.csv"))) {
      return csv.stream().toList();
    }
  }

  @Test
  void a_runs_own_configuration_trains_the_same_bits_again() {
    train(SMALL + "--epochs 2 --hidden 3 --updater nesterovs --seed 7 --schedule step:0.5:3 -q");

    Cli.Outcome again = train("-q --config " + runs().folder(1).resolve("config.properties"));

    assertThat(again.exitCode()).as(again.err()).isZero();
    runs().assertThatTheBitsAreTheSame(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "5"})
  void threads_and_devices_words_do_not_change_the_bits(String threads) {
    train(SMALL + "--chunk-size 50 --epochs 2 -q --threads 3");
    train(SMALL + "--chunk-size 50 --epochs 2 -q --threads " + threads);

    runs().assertThatTheBitsAreTheSame(1, 2);
  }

  @Test
  void a_dry_run_says_what_would_be_done_and_writes_nothing() {
    Cli.Outcome outcome = train(SMALL + "--epochs 2 --patience 3 --dry-run");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("2-2-1", "1,000 an epoch, in 4 steps of 300", "after 2 epochs or 3 evaluations")
        .endsWith("Nothing was computed or written.\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_dry_run_is_one_json_document_where_that_is_asked_for() {
    Cli.Outcome outcome = train(SMALL + "-q --epochs 2 --patience 3 --dry-run --json");

    assertThat(outcome.exitCode()).isZero();
    JsonObject json = JsonParser.parseString(outcome.out()).getAsJsonObject();
    assertThat(json.get("network").getAsString()).isEqualTo("2-2-1");
    assertThat(json.get("samplesPerEpoch").getAsInt()).isEqualTo(1000);
    assertThat(json.get("stepsPerEpoch").getAsInt()).isEqualTo(4);
    assertThat(json.get("end").getAsJsonObject().get("patience").getAsInt()).isEqualTo(3);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--learning-rate 0.1f",
        "--learning-rate 1d",
        "--input-range 0:0.5d",
        "--schedule step:0.5f:100"
      })
  void a_suffix_of_javas_source_code_is_no_part_of_a_number(String arguments) {
    Cli.Outcome outcome = train(SMALL + "--dry-run " + arguments);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains(arguments.split(" ", -1));
  }

  @Test
  void the_configuration_of_a_run_alone_repeats_its_bits() throws IOException {
    train(
        SMALL
            + "-q --steps 9 --hidden 3 --seed 7 --updater nesterovs --learning-rate 0.05"
            + " --schedule step:0.5:4 --chunk-size 64 --input-range 0.1:0.4");
    Path first = folder.resolve("train/0001");

    Cli.Outcome repeated =
        Cli.launch("train", "-q", "--config", first.resolve("config.properties").toString());

    assertThat(repeated.exitCode()).as(repeated.err()).isZero();
    Path second = folder.resolve("train/0002");
    assertThat(weights(second)).isEqualTo(weights(first));
    assertThat(Files.readString(second.resolve("config.properties")))
        .isEqualTo(Files.readString(first.resolve("config.properties")));
  }

  private static JsonObject weights(Path run) throws IOException {
    return JsonParser.parseString(Files.readString(run.resolve("summary.json")))
        .getAsJsonObject()
        .getAsJsonObject("weights");
  }

  @ParameterizedTest
  @CsvSource({
    "0:1, 'from 0.0 to 2.0', 'below 0.0417'",
    "-0.5:0.5, 'from -1.0 to 1.0', 'below 0.0417'",
    "2:3, 'from 4.0 to 6.0', 'below 8.08'"
  })
  void targets_that_a_sigmoid_cannot_reach_are_worth_a_warning_with_the_best_loss_left(
      String range, String targets, String loss) {
    Cli.Outcome outcome = train(SMALL + "-q --dry-run --input-range " + range);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .startsWith("warning: --input-range ")
        .contains(targets, loss)
        .hasLineCount(1);
  }

  @Test
  void targets_in_reach_are_not_warned_of() {
    assertThat(train(SMALL + "-q --dry-run --input-range 0:0.5").err()).isEmpty();
  }

  @Test
  void what_is_resumed_ends_in_the_bits_of_what_was_never_interrupted() throws IOException {
    train(SMALL + "--epochs 5 -q");
    train(SMALL + "--steps 7 -q");

    Cli.Outcome resumed = train("--resume last --steps 20 --json -q");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    JsonObject json = JsonParser.parseString(resumed.out()).getAsJsonObject();
    assertThat(json.get("steps").getAsInt()).isEqualTo(13);
    assertThat(json.get("samples").getAsInt()).isEqualTo(5000 - 1900);
    assertThat(json.get("totalSteps").getAsInt()).isEqualTo(20);
    assertThat(json.get("totalSamples").getAsInt()).isEqualTo(5000);
    assertThat(json.get("samplesPerSecond").getAsDouble())
        .isEqualTo(3100 / json.get("secondsTraining").getAsDouble());
    String from = runs().lastFile(2).toString();
    assertThat(json.get("resumedFrom").getAsString()).isEqualTo(from);
    assertThat(json(runs().folder(3).resolve("environment.json")).get("resumedFrom").getAsString())
        .isEqualTo(from);
    assertThat(Path.of(json.get("runDirectory").getAsString())).isEqualTo(runs().folder(3));
    runs().assertThatTheBitsAreTheSame(1, 3);
  }

  @Test
  void last_a_run_folder_and_a_checkpoint_can_be_resumed_and_go_on_for_more_epochs() {
    train(SMALL + "--epochs 1 --seed 3 -q");
    train(SMALL + "--epochs 4 --seed 3 -q");
    train(SMALL + "--epochs 1 --seed 3 -q");

    for (String target :
        List.of("last", runs().folder(1).toString(), runs().lastFile(3).toString())) {
      assertThat(train("-q --epochs 4 --resume " + target).exitCode()).isZero();
    }

    runs().assertThatTheBitsAreTheSame(2, 4);
    runs().assertThatTheBitsAreTheSame(2, 5);
    runs().assertThatTheBitsAreTheSame(2, 6);
  }

  @Test
  void a_limit_given_on_resuming_takes_the_place_of_the_limits_before() throws IOException {
    train(SMALL + "--steps 3 -q");
    train("--resume last -q --epochs 2");
    train(SMALL + "--epochs 2 -q");

    runs().assertThatTheBitsAreTheSame(2, 3);
  }

  @Test
  void a_resumed_runs_text_keeps_its_own_numbers_apart_and_says_what_was_dropped() {
    train(SMALL + "--epochs 1 -q");

    Cli.Outcome outcome = train("--resume last --steps 7");

    assertThat(outcome.err())
        .contains("the limits given take the place of the checkpoint's --epochs 1\n");
    assertThat(outcome.unwrapped())
        .contains("training 3 steps, 900 samples in ")
        .contains("since the beginning 7 steps, 1,900 samples; this run went on from ")
        .contains(runs().lastFile(1) + " at step 4");
  }

  @ParameterizedTest
  @CsvSource({
    "--steps 3, '', steps",
    "--epochs 1, '', epochs",
    "--steps 3, --steps 2, steps",
    "--steps 3, --max-time 1ms, max-time",
    "--steps 8 --evaluate-every 1 --updater sgd --learning-rate 1e-30 --patience 1, '', patience"
  })
  void a_run_that_has_ended_is_not_resumed_and_makes_no_folder(
      String first, String flags, String reason) {
    train(SMALL + first + " -q");

    Cli.Outcome outcome = train("--resume last -q " + flags);

    assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .startsWith("sumnet: --resume: the run of " + runs().lastFile(1))
        .contains("has ended by " + reason + ": ", "raise --" + reason);
    assertThat(runs().folder(2)).doesNotExist();
  }

  @Test
  void a_run_that_has_come_to_the_last_step_that_dl4j_counts_is_not_resumed() throws IOException {
    train(SMALL + "--max-time 1ms -q");
    Path file = CraftedCheckpoint.withStep(runs().lastFile(1), Integer.MAX_VALUE);

    Cli.Outcome outcome = train("-q --max-time 1h --resume " + file);

    assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .startsWith("sumnet: --resume: the run of " + file)
        .contains("has come to step 2147483647, and DL4J counts no further", "--batch-size")
        .doesNotContain("step-limit");
    assertThat(runs().folder(2)).doesNotExist();
  }

  @Test
  void a_run_from_before_the_tree_goes_on_and_says_once_that_its_bits_change() throws IOException {
    train(SMALL + "--chunk-size 40 --steps 3 -q");
    Path older = CraftedCheckpoint.withSumsInLine(runs().lastFile(1));

    Cli.Outcome resumed = train("-q --steps 5 --resume " + older);
    Cli.Outcome current = train("-q --steps 5 --resume " + runs().folder(1));

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err().lines())
        .singleElement()
        .asString()
        .startsWith("warning: " + older)
        .contains("chunks", "tree", "goes on");
    assertThat(current.err()).isEmpty();
  }

  @Test
  void up_to_three_chunks_the_tree_changes_nothing() throws IOException {
    train(SMALL + "--chunk-size 100 --steps 3 -q");
    Path older = CraftedCheckpoint.withSumsInLine(runs().lastFile(1));

    assertThat(train("-q --steps 5 --resume " + older).err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --batch-size 301    | made with 300
          --samples 1001      | made with 1000
          --seed 43           | made with 42
          --updater sgd       | made with adam
          --learning-rate 0.2 | made with 0.1
          --schedule step:1:1 | made with constant
          --hidden 3          | made with 2
          --precision double  | made with float
          --input-range 0:1   | made with 0.0:0.5
          --chunk-size 10     | made with 65536
          --init xavier       | made with worked-example
          """)
  void what_determines_the_steps_cannot_change_when_resuming(String flags, String made) {
    train(SMALL + "--steps 1 -q");

    Cli.Outcome outcome = train("-q --resume last " + flags);

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .startsWith("sumnet: " + flags.replaceFirst(" .*", " "))
        .contains("cannot change when a run is resumed: the checkpoint was " + made);
    assertThat(runs().folder(2)).doesNotExist();
  }

  @Test
  void resuming_looks_where_environment_or_file_say_that_runs_are() throws IOException {
    train(SMALL + "--steps 1 -q");
    Path config = Files.writeString(folder.resolve("c"), "out=" + folder.toString() + "\n");

    Cli.Outcome byEnvironment =
        Cli.launch(
            Map.of("SUMNET_OUT", folder.toString(), "SUMNET_SEED", "9", "SUMNET_QUIET", "true"),
            "train",
            "--device=cpu",
            "--steps=2",
            "--resume=last");
    Cli.Outcome byFile =
        Cli.launch(
            "train", "-q", "--device=cpu", "--steps=3", "--resume=last", "--config=" + config);

    assertThat(byEnvironment.exitCode()).as(byEnvironment.err()).isZero();
    assertThat(byEnvironment.err()).isEmpty();
    assertThat(byFile.exitCode()).as(byFile.err()).isZero();
    assertThat(runs().last(2).position().step()).isEqualTo(2);
    assertThat(runs().last(3).position().step()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          batch-size=0               | --batch-size must be at least 1, not 0
          batch-size=many            | not 'many'
          samples=1\\nhidden=999999  | between 1 and 4096, not 999999
          hostname=${env:HOME}       | no option called hostname
          seed=${env:HOME}           | not '${env:HOME}'
          seed=\\u001b[2J\\u202e     | not '?[2J?'
          device=cuda                | no option called device
          out=/etc                   | no option called out
          """)
  void a_checkpoint_with_a_plan_that_is_none_is_refused(String line, String reason)
      throws IOException {
    train(SMALL + "--steps 1 -q");
    Path crafted = CraftedCheckpoint.withPlanLine(runs().lastFile(1), line.replace("\\n", "\n"));

    assertThatItIsRefused(
        train("-q --resume " + crafted), crafted + " holds no valid plan", reason);
    assertThatItIsRefused(
        Cli.launch("evaluate", crafted.toString()), crafted + " holds no valid plan", reason);
  }

  @Test
  void checkpoints_that_are_damaged_crafted_or_of_another_network_are_refused() throws IOException {
    train(SMALL + "--steps 1 -q");
    Path good = runs().lastFile(1);
    Path text = Files.writeString(folder.resolve("text.zip"), "hello");

    assertThatItIsRefused(train("-q --steps 2 --resume " + text), text.toString(), "no checksums");
    assertThatItIsRefused(
        train("-q --steps 2 --resume " + CraftedCheckpoint.bomb(folder.resolve("bomb.zip"))),
        "bomb.zip",
        "is larger than");
    assertThatItIsRefused(
        train(
            "-q --steps 2 --resume "
                + CraftedCheckpoint.withEntry(good, "preprocessor.bin", new byte[9])),
        "crafted.zip",
        "unexpected entry 'preprocessor.bin'");
    assertThatItIsRefused(
        train("-q --steps 2 --resume " + CraftedCheckpoint.withTooManyWeights(good)),
        "crafted.zip",
        "the weights are not 6 numbers");
    assertThatItIsRefused(
        train("-q --steps 2 --resume " + CraftedCheckpoint.withWeightNotANumber(good)),
        "crafted.zip",
        "not finite");
    assertThatItIsRefused(
        train("-q --steps 2 --resume " + CraftedCheckpoint.withPlanLine(good, "hidden=3")),
        "crafted.zip",
        "holds no valid plan: --init");
    assertThatItIsRefused(
        train("-q --steps 2 --resume " + CraftedCheckpoint.withPlanLine(good, "precision=double")),
        "crafted.zip",
        "does not fit a 2-2-1 network in double");
  }

  @Test
  void where_the_last_checkpoint_is_damaged_the_newest_whole_one_is_named() throws IOException {
    train(SMALL + "--steps 4 --checkpoint-every 1 --keep 2 -q");
    train("-q --resume last --steps 6 --checkpoint-every 1");
    Path last = runs().lastFile(2);
    String damaged = last + " is not a checkpoint of sumnet, or is cut off: it has no checksums";

    Files.writeString(last, "damaged");
    Files.writeString(last.resolveSibling("best.zip"), "damaged");
    Path kept = last.resolveSibling("step-6.zip");
    assertThat(train("-q --resume last").err())
        .isEqualTo(
            "sumnet: " + damaged + "; the newest one that is whole is " + kept + ", of step 6\n");
    Files.writeString(kept, "damaged");
    assertThatItIsRefused(train("-q --resume last"), damaged, "step-5.zip, of step 5");
    assertThatItIsRefused(train("-q --resume " + runs().folder(2)), "step-5.zip, of step 5");
    try (Stream<Path> all = Files.list(last.getParent())) {
      for (Path each : all.toList()) {
        Files.writeString(each, "damaged");
      }
    }
    assertThatItIsRefused(
        train("-q --resume last"), "is whole is " + runs().lastFile(1) + ", of step 4");
    Files.writeString(runs().lastFile(1), "damaged");
    assertThat(train("-q --resume last").err()).isEqualTo("sumnet: " + damaged + "\n");
  }

  private static void assertThatItIsRefused(Cli.Outcome outcome, String... parts) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(outcome.err()).startsWith("sumnet: ").contains(parts).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void divergence_has_its_own_exit_code_and_leaves_a_good_checkpoint() {
    Cli.Outcome outcome = train(SMALL + "-q --updater sgd --learning-rate 1e300");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DIVERGED.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("sumnet: training diverged: at step ")
        .contains("a smaller learning rate may help")
        .hasLineCount(1);
    assertThat(runs().last(1).position().step()).isZero();
    assertThat(Cli.launch("evaluate", "--device=cpu", runs().folder(1).toString()).exitCode())
        .isZero();
  }

  @Test
  void the_reference_trains_too_and_a_stack_trace_is_there_for_those_who_ask() throws IOException {
    assertThat(train(SMALL + "-q --engine reference --steps 2").exitCode()).isZero();
    Path text = Files.writeString(folder.resolve("text.zip"), "hello");

    assertThat(train("--stack-trace --resume " + text).err()).contains("DataException", "\tat ");
  }

  private static List<String> files(Path run) throws IOException {
    try (Stream<Path> all = Files.walk(run)) {
      return all.filter(path -> !path.equals(run))
          .map(path -> run.relativize(path).toString())
          .toList();
    }
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private Cli.Outcome train(String flags) {
    return runs().train(flags);
  }

  private Runs runs() {
    return new Runs(folder);
  }
}
