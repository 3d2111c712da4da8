package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.train.Checkpoint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Trouble that only a process of its own can have: Ctrl-C, a full disk, wrong arithmetic. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TroubleTest {
  private static final String[] LONG_RUN = {
    "train",
    "-q",
    "--device=cpu",
    "--samples=4000",
    "--batch-size=64",
    "--evaluate-every=50",
    "--log-every=10"
  };

  @TempDir Path folder;

  /** The natives are unpacked, so that the processes need not do it. */
  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @Test
  void an_interrupted_run_keeps_a_checkpoint_and_ends_where_an_uninterrupted_one_does()
      throws Exception {
    Path interruptedRun = folder.resolve("a/train/0001");
    ChildJvm.Running running =
        ChildJvm.ofThisBuild(folder)
            .start(Sumnet.class, Map.of(), longRun("a", "--steps=100000000"));
    awaitLines(running, interruptedRun.resolve("metrics.csv"), 8);
    assertThat(new ProcessBuilder("kill", "-INT", "" + running.process().pid()).start().waitFor())
        .isZero();
    ChildJvm.Outcome outcome = running.await();

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.INTERRUPTED.code());
    assertThat(outcome.err())
        .isEqualTo(
            "sumnet: interrupted; go on with 'sumnet train --resume last --out "
                + folder.resolve("a")
                + "'\n");
    assertThatItSucceeds(Cli.launch("report", interruptedRun.toString()));
    assertThat(interruptedRun.resolve("report.html"))
        .content()
        .contains("This run was interrupted.", "What it learned");
    assertThat(outcome.out()).contains("samples/s; interrupted\n");
    long step = Checkpoint.read(last(interruptedRun)).position().step();
    assertThat(step).isBetween(70L, 99_999_999L);

    String end = "--steps=" + (step + 150);
    assertThatItSucceeds(
        Cli.launch("train", "-q", "--resume=last", "--out=" + folder.resolve("a"), end));
    assertThatItSucceeds(Cli.launch(longRun("b", end)));
    Checkpoint resumed = Checkpoint.read(last(folder.resolve("a/train/0002")));
    Checkpoint uninterrupted = Checkpoint.read(last(folder.resolve("b/train/0001")));
    assertThat(resumed.coefficients()).isEqualTo(uninterrupted.coefficients());
    assertThat(resumed.updaterState()).isEqualTo(uninterrupted.updaterState());
  }

  @Tag("campaign")
  @Test
  void a_file_that_is_cut_short_while_it_is_trained_on_is_bad_data_and_a_checkpoint_is_kept()
      throws Exception {
    Path data = folder.resolve("cut.npy");
    assertThatItSucceeds(
        Cli.launch("generate", data.toString(), "--samples=300000", "--precision=float", "-q"));
    Path run = folder.resolve("c/train/0001");
    ChildJvm.Running running =
        ChildJvm.ofThisBuild(folder)
            .start(
                Sumnet.class,
                Map.of("JDK_JAVA_OPTIONS", "--add-modules jdk.incubator.vector"),
                "train",
                "-q",
                "--device=cpu",
                "--engine=fused",
                "--data=" + data,
                "--batch-size=8192",
                "--log-every=500",
                "--checkpoint-every=200ms",
                "--steps=2000000000",
                "--out=" + folder.resolve("c"));
    awaitLines(running, run.resolve("metrics.csv"), 8);
    try (FileChannel channel = FileChannel.open(data, StandardOpenOption.WRITE)) {
      channel.truncate(100_000);
    }
    ChildJvm.Outcome outcome = running.await();

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(outcome.err())
        .endsWith(
            "sumnet: "
                + data
                + ": could not be read any more: was it cut short since it was opened?\n");
    assertThat(outcome.err()).endsWith("sumnet: " + Files.readString(run.resolve("failure.txt")));
    assertThat(Checkpoint.read(last(run)).position().step()).isPositive();
  }

  private static void awaitLines(ChildJvm.Running running, Path file, int lines)
      throws IOException, InterruptedException {
    while (!Files.exists(file) || Files.readAllLines(file).size() < lines) {
      assertThat(running.process().isAlive()).as(Files.readString(running.err())).isTrue();
      Thread.sleep(20);
    }
  }

  /** A limit on the size of files does to one file what a full disk does to all. */
  @Tag("campaign")
  @Test
  void on_a_full_disk_a_run_ends_in_one_line_and_its_checkpoint_stays_whole() throws Exception {
    // In blocks of 512 bytes, as POSIX has it: room for the gradient check, not for all events,
    // which take more than the metrics.
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .startedBy("sh", "-c", "ulimit -f 512; exec \"$@\"", "sh")
            .run(Sumnet.class, Map.of(), longRun("a", "--log-every=1", "--steps=100000"));

    Path run = folder.resolve("a/train/0001");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.INTERNAL_ERROR.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).isEqualTo("sumnet: " + events(run) + ": File too large\n");
    assertThat(Checkpoint.read(last(run)).position().step()).isNotNegative();
    assertThatItSucceeds(
        Cli.launch("train", "-q", "--resume=" + run, "--steps=3", "--out=" + folder));
  }

  private static Path events(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("events.out.tfevents."))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void an_interrupted_dataset_goes_on_and_ends_in_the_same_bytes() throws Exception {
    Path file = folder.resolve("a.csv");
    String[] command = {"generate", file.toString(), "--samples=3000000"};
    ChildJvm.Running running = ChildJvm.ofThisBuild(folder).start(Sumnet.class, Map.of(), command);
    Path part = folder.resolve("a.csv.part");
    while (!Files.exists(part) || Files.size(part) < 5_000_000) {
      assertThat(running.process().isAlive()).as(Files.readString(running.err())).isTrue();
      Thread.sleep(5);
    }
    assertThat(new ProcessBuilder("kill", "-INT", "" + running.process().pid()).start().waitFor())
        .isZero();
    ChildJvm.Outcome outcome = running.await();

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.INTERRUPTED.code());
    assertThat(outcome.err())
        .matches(
            "sumnet: interrupted; .*\\.part holds [0-9,]+ of 3,000,000 samples; the same .*\n");
    assertThat(file).doesNotExist();

    Cli.Outcome resumed = Cli.launch(command);
    assertThatItSucceeds(resumed);
    assertThat(resumed.out()).containsPattern("3,000,000 samples \\([0-9,]+ of them before\\)");
    Path whole = folder.resolve("b.csv");
    assertThatItSucceeds(Cli.launch("generate", whole.toString(), "--samples=3000000"));
    assertThat(Files.mismatch(file, whole)).isEqualTo(-1);
    assertThat(part).doesNotExist();
  }

  @Test
  void on_a_full_disk_a_dataset_ends_in_one_line_and_goes_on_when_there_is_room() throws Exception {
    Path file = folder.resolve("a.npy");
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .startedBy("sh", "-c", "ulimit -f 4000; exec \"$@\"", "sh")
            .run(Sumnet.class, Map.of(), "generate", file.toString(), "--samples=500000");

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.INTERNAL_ERROR.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "sumnet: "
                + file
                + ".part: File too large; what is written stays, the same command goes on\n");
    assertThat(file).doesNotExist();
    assertThatItSucceeds(Cli.launch("generate", file.toString(), "--samples=500000"));
    assertThat(file).hasSize(128 + 12 * 500_000L);
  }

  /** 240 MB of samples with a heap of 48 MB. */
  @Tag("campaign")
  @Test
  void memory_does_not_grow_with_a_file() throws Exception {
    for (String name : List.of("a.npy", "a.csv")) {
      Path file = folder.resolve(name);
      int samples = name.endsWith("npy") ? 20_000_000 : 4_000_000;
      assertThatItSucceeds(Cli.launch("generate", file.toString(), "--samples=" + samples));
      assertThat(Files.size(file)).isGreaterThan(230_000_000L);
      ChildJvm.Outcome outcome =
          ChildJvm.ofThisBuild(folder)
              .run(
                  Sumnet.class,
                  Map.of("JDK_JAVA_OPTIONS", "-Xmx48m"),
                  "train",
                  "-q",
                  "--device=cpu",
                  "--epochs=1",
                  "--batch-size=65536",
                  "--out=" + folder.resolve("m"),
                  "--data=" + file);
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      Files.delete(file);
    }
  }

  @Tag("campaign")
  @Test
  @EnabledOnOs(OS.LINUX)
  void wrong_arithmetic_is_found_before_anything_is_trained() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .run(Sumnet.class, Map.of("LD_PRELOAD", ChildJvm.preloading(wrongExp())), longRun("a"));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.GRADIENT_MISMATCH.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("gradient check: fail")
        .containsPattern("wh2 .* fail\n")
        .containsPattern("first wrong stage +forward, layer 1")
        .contains("differ from the truth by more than rounding can explain")
        .endsWith("nothing was trained\n");
    Path run = folder.resolve("a/train/0001");
    JsonObject report =
        JsonParser.parseString(Files.readString(run.resolve("gradient-check.json")))
            .getAsJsonObject();
    assertThat(report.get("verdict").getAsString()).isEqualTo("fail");
    assertThat(run.resolve("checkpoints")).isEmptyDirectory();
    assertThat(run.resolve("metrics.csv")).doesNotExist();
  }

  /** A library in front of the C library, in which the sigmoid's exponential is 1 % off. */
  private Path wrongExp() throws Exception {
    Path source = Path.of(TroubleTest.class.getResource("/wrong-exp.c").toURI());
    Path library = folder.resolve("wrong-exp.so");
    CCompiler.makeLibrary(library, source, "-fno-builtin", "-lm");
    return library;
  }

  private String[] longRun(String out, String... more) {
    List<String> arguments = new ArrayList<>(List.of(LONG_RUN));
    arguments.add("--out=" + folder.resolve(out));
    for (String flag : more) {
      arguments.removeIf(other -> other.startsWith(flag.replaceFirst("=.*", "=")));
      arguments.add(flag);
    }
    return arguments.toArray(String[]::new);
  }

  private static void assertThatItSucceeds(Cli.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static Path last(Path run) {
    return run.resolve("checkpoints").resolve("last.zip");
  }
}
