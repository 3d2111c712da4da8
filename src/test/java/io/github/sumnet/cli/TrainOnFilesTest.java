package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command train with samples from files. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TrainOnFilesTest {
  @TempDir Path folder;
  private Path npy;
  private Path csv;

  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @BeforeEach
  void generate_files() {
    npy = folder.resolve("a.npy");
    csv = folder.resolve("a.csv");
    for (Path file : List.of(npy, csv)) {
      assertSucceeds(Cli.launch("generate", file.toString(), "--samples", "5000"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.csv"})
  void a_file_is_checked_and_trained_on_but_for_its_last_tenth(String name) {
    Cli.Outcome outcome = train("--data " + folder.resolve(name) + " --epochs 10 --json");

    assertSucceeds(outcome);
    assertThat(outcome.err())
        .contains("data: 4,500 samples to train on and 500 held out, all checked in ")
        .contains("gradient check: pass");
    var json = JsonParser.parseString(outcome.out()).getAsJsonObject();
    assertThat(json.get("samples").getAsLong()).isEqualTo(45_000);
    assertThat(json.get("steps").getAsLong()).isEqualTo(10 * 15);
    assertThat(json.get("finalLoss").getAsDouble()).isBetween(1e-5, 1e-2);
  }

  @Test
  void csv_and_numpy_files_of_the_same_samples_train_the_same_bits() {
    train("-q --data " + npy + " --epochs 2");
    train("-q --data " + csv + " --epochs 2");
    runs().assertThatTheBitsAreTheSame(1, 2);
  }

  @Test
  void without_shuffling_a_file_trains_the_bits_of_the_samples_it_was_generated_from() {
    train("-q --data " + npy + " --no-shuffle --epochs 2");
    train("-q --samples 4500 --epochs 2");
    runs().assertThatTheBitsAreTheSame(1, 2);
  }

  @Test
  void shuffling_changes_the_bits_by_seed_and_is_the_default() {
    train("-q --data " + npy + " --epochs 2");
    train("-q --data " + npy + " --epochs 2 --shuffle");
    train("-q --data " + npy + " --epochs 2 --no-shuffle");
    runs().assertThatTheBitsAreTheSame(1, 2);
    assertThat(runs().last(3).coefficients()).isNotEqualTo(runs().last(1).coefficients());
  }

  @Test
  void flags_win_over_what_a_configuration_says_of_shuffling() throws IOException {
    Path yes = Files.writeString(folder.resolve("yes"), "shuffle=true\n");
    Path no = Files.writeString(folder.resolve("no"), "shuffle=false\n");
    String dryRun = " --batch-size=300 --dry-run --data " + npy;
    String shuffled = "shuffled in every epoch";
    assertThat(train("--config " + yes + dryRun).out()).contains(shuffled);
    assertThat(train("--config " + no + dryRun).out()).doesNotContain(shuffled);
    assertThat(train("--config " + yes + dryRun + " --no-shuffle").out()).doesNotContain(shuffled);
    assertThat(train("--config " + no + dryRun + " --shuffle").out()).contains(shuffled);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "5"})
  void the_number_of_threads_does_not_change_the_bits(String threads) {
    train("-q --data " + csv + " --chunk-size 50 --epochs 2 --threads 3");
    train("-q --data " + csv + " --chunk-size 50 --epochs 2 --threads " + threads);
    runs().assertThatTheBitsAreTheSame(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.csv"})
  void what_is_resumed_ends_in_the_bits_of_what_was_never_interrupted(String name) {
    String data = "--data " + folder.resolve(name);
    train("-q --steps 40 " + data);
    train("-q --steps 22 " + data);

    assertSucceeds(train("-q --resume last --steps 40"));

    runs().assertThatTheBitsAreTheSame(1, 3);
  }

  @Test
  void a_runs_own_configuration_trains_the_same_bits_again() {
    train("-q --data " + npy + " --epochs 2 --held-out " + csv);
    assertSucceeds(train("-q --config " + runs().folder(1).resolve("config.properties")));
    runs().assertThatTheBitsAreTheSame(1, 2);
  }

  @Test
  void a_checkpoint_names_the_file_absolutely_and_by_its_fingerprint() {
    Path relative = Path.of("").toAbsolutePath().relativize(npy);
    assertThat(relative).isRelative();
    train("-q --steps 1 --data " + relative);

    assertThat(runs().last(1).plan().properties())
        .containsEntry("data", npy.toString())
        .containsEntry("samples", "4500")
        .containsEntry("shuffle", "true")
        .hasEntrySatisfying("data-fingerprint", text -> assertThat(text).startsWith("60128-5000-"));
    assertSucceeds(train("-q --resume last --steps 2 --data " + relative));
  }

  @Test
  void a_changed_file_is_not_trained_on_any_further() throws IOException {
    train("-q --steps 1 --data " + npy + " --held-out " + csv);
    byte[] original = Files.readAllBytes(npy);
    byte[] changed = original.clone();
    changed[5000] ^= 1;
    Files.write(npy, changed);

    assertBadData(train("-q --resume last --steps 2"), npy + " is not the file that the run");

    Files.write(npy, original);
    assertSucceeds(train("-q --resume last --steps 2"));
    Files.writeString(csv, "x1,x2,y\n0,0,0\n");
    assertBadData(train("-q --resume last --steps 3"), csv + " is not the file that the run");
    Files.delete(csv);
    assertUsage(
        train("-q --resume last --steps 3"), "--held-out: cannot read " + csv + ": no such file");
  }

  @Test
  void data_and_shuffling_cannot_change_when_resuming() {
    train("-q --steps 1 --data " + npy);
    assertUsage(
        train("-q --resume last --data " + csv),
        "--data " + csv + " cannot change when a run is resumed: the checkpoint was made with");
    assertUsage(train("-q --resume last --no-shuffle"), "--shuffle false cannot change when a run");
  }

  @Test
  void held_out_samples_may_come_from_another_file() {
    assertSucceeds(
        Cli.launch("generate", folder.resolve("h.npy").toString(), "--samples=300", "--seed=1"));
    Cli.Outcome outcome =
        train("--epochs 2 --data " + csv + " --held-out " + folder.resolve("h.npy"));
    assertSucceeds(outcome);
    assertThat(outcome.err()).contains("data: 5,000 samples to train on and 300 held out");
  }

  /** The loss of the network that was trained is measured again on the very same rows. */
  @Test
  void held_out_samples_that_are_the_ones_trained_on_are_warned_of() throws IOException {
    Path copy = Files.copy(npy, folder.resolve("copy.npy"));
    for (Path same : List.of(npy, copy)) {
      assertThat(train("-q --data " + npy + " --held-out " + same + " --dry-run").err())
          .startsWith("warning: --held-out " + same + " holds the samples that are trained on: ")
          .hasLineCount(1);
    }
    assertThat(train("-q --data " + npy + " --held-out " + csv + " --dry-run").err()).isEmpty();
  }

  @Test
  void the_held_out_loss_is_that_of_the_last_rows() throws IOException {
    Cli.Outcome trained = train("-q --json --steps 3 --data " + csv);
    List<String> lines = Files.readAllLines(csv);
    List<String> tail = new ArrayList<>(lines.subList(lines.size() - 500, lines.size()));
    tail.add(0, "x1,x2,y");
    Path rest = Files.write(folder.resolve("tail.csv"), tail);

    Cli.Outcome evaluated =
        Cli.launch(
            "evaluate", "--json", "--device=cpu", runs().folder(1).toString(), "--data", "" + rest);

    assertThat(JsonParser.parseString(evaluated.out()).getAsJsonObject().get("loss").getAsDouble())
        .isEqualTo(
            JsonParser.parseString(trained.out()).getAsJsonObject().get("finalLoss").getAsDouble());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--samples 100", "--input-range 0:0.5"})
  void what_is_about_generated_samples_cannot_go_with_a_file(String flags) {
    assertUsage(
        train("--data " + npy + " " + flags),
        flags.replaceFirst(" .*", "") + " is about generated samples and cannot go with --data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--held-out x.npy", "--any-target", "--shuffle", "--no-shuffle"})
  void what_is_about_a_file_needs_one(String flags) {
    assertUsage(train(flags), " is about samples in a file and needs --data");
  }

  @Test
  void a_file_that_is_not_there_is_a_usage_error_and_leaves_no_run() {
    assertUsage(train("--data " + folder.resolve("none.npy")), "--data: cannot read ", "no such");
    assertThat(folder.resolve("train")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x1,x2,y\\n0,0,0\\n0,0,2         | bad.csv:3: y must lie in [0, 1], which a sigmoid's output cannot leave, found '2.0'; --any-target accepts such targets
          x1,x2,y\\n0,0,0\\n0,inf,0       | bad.csv:3: x2 must be a finite number, found 'inf'
          x1,x2,y\\n0,0,0\\n0,1e39,0      | bad.csv:3: x2 must be a number that float can hold, found '1.0E39'
          x1,x2,y\\n0,0,0\\n0,0           | bad.csv:3: expected 3 fields x1,x2,y, found 2
          x,y\\n0,0                       | bad.csv:1: expected the header x1,x2,y, found 'x,y'
          x1,x2,y\\n0,0,0                 | bad.csv: expected at least 2 samples, of which one is held out, found 1
          """)
  void bad_files_are_refused_before_anything_is_trained(String content, String complaint)
      throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), content.replace("\\n", "\n"));
    assertBadData(train("--data " + bad), folder + "/" + complaint);
    if (!complaint.contains("at least 2")) {
      assertBadData(train("--held-out " + bad + " --data " + csv), complaint);
    }
    assertThat(folder.resolve("train")).doesNotExist();
  }

  @Test
  void truncated_numpy_files_are_refused() throws IOException {
    Files.write(npy, Arrays.copyOf(Files.readAllBytes(npy), 60_000));
    assertBadData(
        train("--data " + npy),
        npy + ": byte 60000: the file ends early: expected 60128 bytes for 5,000 rows of float32");
  }

  @Test
  void targets_out_of_reach_may_be_accepted_with_the_loss_that_remains() throws IOException {
    Path file =
        Files.writeString(folder.resolve("out.csv"), "x1,x2,y\n1,1,2\n0,0,0\n-2,0,-2\n1,0.5,1.5\n");

    Cli.Outcome outcome = train("-q --any-target --steps 1 --data " + file);

    assertSucceeds(outcome);
    assertThat(outcome.err())
        .isEqualTo(
            "warning: --batch-size 300: an epoch has 3 samples, so a step takes 3"
                + System.lineSeparator()
                + "warning: --any-target: targets reach from -2.0 to 2.0, but a sigmoid's output stays"
                + " between 0 and 1; no training can bring the loss below 0.833333 on the samples"
                + " trained on, below 0.125000 on those held out"
                + System.lineSeparator());
    assertThat(runs().last(1).plan().properties()).containsEntry("any-target", "true");
    assertSucceeds(train("-q --resume last --steps 2"));
  }

  @Test
  void inputs_beyond_those_of_the_file_that_is_trained_on_are_mentioned() throws IOException {
    Path wide = Files.writeString(folder.resolve("wide.csv"), "x1,x2,y\n0.7,0.1,0.8\n");

    assertThat(train("-q --steps 1 --data " + npy + " --held-out " + wide).err())
        .matches(
            "warning: --held-out "
                + wide
                + " has inputs x1 in 0\\.7:0\\.7, x2 in 0\\.1:0\\.1, beyond x1 in \\S+:0\\.\\d+, x2 in"
                + " \\S+:0\\.\\d+, which is trained on: expect larger errors on them\\R");
    assertThat(train("-q --steps 1 --data " + npy + " --held-out " + csv).err()).isEmpty();
    Cli.Outcome predicted =
        Cli.launch(
            "evaluate", runs().folder(2).toString(), "--predict=0.1,0.7", "--predict=0.1,0.2");
    assertThat(predicted.err())
        .startsWith("warning: an input of --predict lies outside x1 in ")
        .hasLineCount(1);
  }

  @Test
  void a_dry_run_says_where_samples_come_from() {
    Cli.Outcome outcome = train("--dry-run --data " + csv);
    assertSucceeds(outcome);
    assertThat(outcome.unwrapped())
        .contains(" data " + csv + ", shuffled in every epoch; 500 samples of it held out")
        .contains("4,500 an epoch");
    assertThat(folder.resolve("train")).doesNotExist();
  }

  private static void assertSucceeds(Cli.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static void assertBadData(Cli.Outcome outcome, String complaint) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.BAD_DATA.code());
    String last = outcome.err().lines().reduce((a, b) -> b).orElse("");
    assertThat(last).startsWith("sumnet: ").contains(complaint);
    assertThat(outcome.out()).isEmpty();
  }

  private static void assertUsage(Cli.Outcome outcome, String... parts) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).startsWith("sumnet: ").contains(parts);
    assertThat(outcome.out()).isEmpty();
  }

  private Cli.Outcome train(String flags) {
    boolean sized = flags.contains("--resume") || flags.contains("--config");
    return runs().train("--device=cpu " + (sized ? "" : "--batch-size=300 ") + flags);
  }

  private Runs runs() {
    return new Runs(folder);
  }
}
