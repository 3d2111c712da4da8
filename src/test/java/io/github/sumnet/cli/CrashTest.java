package io.github.sumnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import io.github.sumnet.data.file.PropertiesText;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.train.Checkpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed (SIGKILL) at random moments, every second time within a write, and go on: no
 * folder is damaged, nothing is repeated but the steps since the last checkpoint, and the weights
 * at the end are those of a run that was left alone. {@code scripts/prove crash} makes many of
 * them.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("campaign")
class CrashTest {
  private static final int KILLS = Integer.getInteger("sumnet.kills", 5);
  private static final int RUNS = KILLS < 50 ? 3 : 8;
  private static final long SEED = Long.getLong("sumnet.kills.seed", System.nanoTime());
  private static final int STEPS = 400;
  private static final int STEPS_BETWEEN_CHECKPOINTS = 5;
  private static final String[] JOB = {
    "train",
    "-q",
    "--engine=fused",
    "--device=cpu",
    "--samples=4096",
    "--batch-size=256",
    "--steps=" + STEPS,
    "--checkpoint-every=" + STEPS_BETWEEN_CHECKPOINTS,
    "--log-every=1",
    "--evaluate-every=20",
    "--keep=1"
  };

  /** Without vectors, too, which leave the same bits. */
  private static final String[] SHORT_LIVED = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

  /**
   * Every fourth signal comes so long after the JVM's start, the others after so many bytes of
   * metrics.
   */
  private static final int MOST_MILLIS = 1_500;

  private static final int MOST_BYTES = 10_000;

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private int kills;
  private int signals;
  private int inWrite;
  private int beforeTraining;
  private int ends;

  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @Test
  void killed_runs_go_on_and_end_in_the_weights_of_one_that_was_left_alone() throws Exception {
    Checkpoint leftAlone = leftAlone();
    List<Path> outs = IntStream.range(0, RUNS).mapToObj(this::out).collect(toList());
    for (int signal = 0; kills < KILLS; signal++) {
      kill(outs, signal);
      for (int i = 0; i < RUNS; i++) {
        if (step(newest(outs.get(i))) == STEPS) {
          assertThatItEnded(outs.get(i), leftAlone);
          outs.set(i, out(RUNS + ends));
        }
      }
    }
    ChildJvm.Outcome outcome = start(outs).await();
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    for (Path out : outs) {
      assertThatItEnded(out, leftAlone);
    }
    System.out.printf(
        Locale.ROOT,
        "%d runs were killed by %d signals (seed %d): %d before their first step, %d within a"
            + " write; all went on, and %d came to their end in the weights of one left alone%n",
        kills,
        signals,
        SEED,
        beforeTraining,
        inWrite,
        ends);
  }

  private Path out(int run) {
    return folder.resolve("killed-" + run);
  }

  /** Goes on with the runs in one process, and kills that unless it ends before. */
  private void kill(List<Path> outs, int signal) throws Exception {
    List<Long> reached = outs.stream().map(out -> step(newest(out))).toList();
    List<Integer> before = outs.stream().map(out -> runs(out).size()).toList();
    ChildJvm.Running running = start(outs);
    Process process = running.process();
    long nanos = TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_MILLIS));
    int bytes = random.nextInt(MOST_BYTES);
    int watched = random.nextInt(RUNS);
    while (process.isAlive()
        && !(signal % 4 == 3
            ? System.nanoTime() - running.startNanos() > nanos
            : isAt(outs.get(watched), before.get(watched), bytes, signal % 2 == 0))) {
      LockSupport.parkNanos(100_000);
    }
    process.destroyForcibly();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      assertThat(exitCode).as(Files.readString(running.err())).isEqualTo(128 + 9);
      signals++;
      for (int i = 0; i < RUNS; i++) {
        requireUsable(outs.get(i), before.get(i), reached.get(i));
      }
    }
  }

  private ChildJvm.Running start(List<Path> outs) throws IOException {
    return ChildJvm.ofThisBuild(folder)
        .with(SHORT_LIVED)
        .start(Runs.class, Map.of(), outs.stream().map(Path::toString).toArray(String[]::new));
  }

  /** Several jobs at once, since the start of a process takes longer than they do. */
  static final class Runs {
    /** Begins a job in each of these folders, or goes on with the one that is there. */
    public static void main(String[] outs) throws InterruptedException {
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      PrintWriter err = new PrintWriter(System.err, true, UTF_8);
      AtomicInteger exitCode = new AtomicInteger();
      List<Thread> jobs = new ArrayList<>();
      for (String out : outs) {
        String[] command =
            newest(Path.of(out)).isEmpty()
                ? with(JOB, "--out=" + out)
                : new String[] {"train", "-q", "--resume=last", "--out=" + out};
        Thread job =
            new Thread(
                () ->
                    exitCode.accumulateAndGet(
                        Sumnet.execute(Map.of(), nowhere, err, command), Math::max));
        int before = runs(Path.of(out)).size();
        job.start();
        jobs.add(job);
        // Not all at once: drivers of OpenCL do not stand to be asked by several threads.
        while (job.isAlive() && runs(Path.of(out)).size() == before) {
          Thread.sleep(1);
        }
      }
      for (Thread job : jobs) {
        job.join();
      }
      System.exit(exitCode.get());
    }
  }

  private static boolean isAt(Path out, int runsBefore, int bytes, boolean withinWrite) {
    List<Path> runs = runs(out);
    if (runs.size() == runsBefore) {
      return false;
    }
    Path run = runs.get(runsBefore);
    return run.resolve("metrics.csv").toFile().length() > bytes && (!withinWrite || isWriting(run));
  }

  private void requireUsable(Path out, int runsBefore, long reached) throws IOException {
    kills++;
    List<Path> made = runs(out).subList(runsBefore, runs(out).size());
    assertThat(made).hasSizeLessThan(2);
    for (Path run : made) {
      assertThatItIsUsable(run, reached);
    }
    if (made.isEmpty() || measured(made.get(0)).isEmpty()) {
      beforeTraining++;
    }
    assertThat(step(newest(out))).isGreaterThanOrEqualTo(reached);
  }

  /** Mounts a small disk, trains until it is full, then while it is read-only, then with room. */
  private static final String ON_A_SMALL_DISK =
      """
      set -e; disk=$1 kept=$2 size=$3 job=$4; shift 4
      mount -t tmpfs -o size="$size" none "$disk"
      code=0; "$@" $job --out="$disk" || code=$?; echo "full: $code"
      mount -o remount,ro "$disk"
      code=0; "$@" train -q --resume=last --out="$disk" || code=$?; echo "read-only: $code"
      mount -o remount,rw,size=64m "$disk"
      "$@" train -q --resume=last --out="$disk" >/dev/null; echo "with room: 0"
      cp -r "$disk/." "$kept"
      """;

  @Test
  @Tag("campaign")
  @EnabledOnOs(OS.LINUX)
  void a_run_on_a_disk_that_is_full_or_read_only_says_so_and_goes_on_when_there_is_room()
      throws Exception {
    assumeTrue(canMount(), "nothing can be mounted here");
    Checkpoint leftAlone = leftAlone();
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path kept = Files.createDirectory(folder.resolve("kept"));

    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .with(SHORT_LIVED)
            .startedBy(
                "unshare",
                "-m",
                "sh",
                "-c",
                ON_A_SMALL_DISK,
                "sh",
                disk.toString(),
                kept.toString(),
                Long.toString(roomForHalf(runs(folder.resolve("left-alone")).get(0))),
                String.join(" ", JOB))
            .run(Sumnet.class, Map.of());

    assertThat(outcome.out()).as(outcome.err()).isEqualTo("full: 1\nread-only: 2\nwith room: 0\n");
    assertThat(outcome.err().replaceAll("(WARNING|See): .*\n", ""))
        .contains("No space left on device", "Read-only file system")
        .doesNotContain("\tat ");
    assertThatItEnded(kept, leftAlone);
  }

  private static boolean canMount() throws IOException, InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-m", "true").start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  /** In bytes: for what comes before training, and half of what is written in it. */
  private static long roomForHalf(Path run) throws IOException {
    long room = 0;
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        boolean grows = name.equals("metrics.csv") || name.startsWith("events");
        boolean atTheEnd = name.equals("summary.json");
        room += atTheEnd ? 0 : grows ? Files.size(file) / 2 : Files.size(file);
      }
    }
    return room;
  }

  private Checkpoint leftAlone() {
    Path out = folder.resolve("left-alone");
    Cli.Outcome outcome = Cli.launch(with(JOB, "--out=" + out));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return Checkpoint.read(newest(out).orElseThrow());
  }

  /** Whatever is under its final name is whole. */
  private void assertThatItIsUsable(Path run, long reached) throws IOException {
    if (isWriting(run)) {
      inWrite++;
    }
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".zip")) {
          Checkpoint.read(file);
        } else if (name.endsWith(".json")) {
          assertThat(JsonParser.parseString(Files.readString(file)).isJsonObject()).isTrue();
        } else if (name.endsWith(".properties")) {
          try (Reader text = Files.newBufferedReader(file)) {
            assertThat(PropertiesText.read(text)).containsEntry("batch-size", "256");
          }
        }
      }
    }
    List<Long> steps = measured(run);
    if (!steps.isEmpty()) {
      assertThat(steps.get(0)).as("the first step of " + run).isEqualTo(reached + 1);
      long notKept = steps.get(steps.size() - 1) - Checkpoint.read(last(run)).position().step();
      assertThat(notKept).isBetween(0L, (long) STEPS_BETWEEN_CHECKPOINTS);
    }
  }

  private void assertThatItEnded(Path out, Checkpoint leftAlone) throws IOException {
    Checkpoint end = Checkpoint.read(newest(out).orElseThrow());
    assertThat(end.position().step()).isEqualTo(STEPS);
    assertThat(end.coefficients()).isEqualTo(leftAlone.coefficients());
    assertThat(end.updaterState()).isEqualTo(leftAlone.updaterState());
    ends++;
  }

  /** The steps in the lines that are whole. */
  private static List<Long> measured(Path run) throws IOException {
    Path metrics = run.resolve("metrics.csv");
    if (!Files.exists(metrics)) {
      return List.of();
    }
    String text = Files.readString(metrics);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .skip(1)
        .map(line -> Long.parseLong(line.substring(0, line.indexOf(','))))
        .toList();
  }

  private static boolean isWriting(Path run) {
    String[] files = run.resolve("checkpoints").toFile().list();
    return files != null && Arrays.stream(files).anyMatch(file -> file.endsWith(".tmp"));
  }

  private static List<Path> runs(Path out) {
    String[] runs = out.resolve("train").toFile().list();
    return runs == null
        ? List.of()
        : Arrays.stream(runs).sorted().map(out.resolve("train")::resolve).toList();
  }

  private static Optional<Path> newest(Path out) {
    return runs(out).stream()
        .map(CrashTest::last)
        .filter(Files::exists)
        .reduce((older, newer) -> newer);
  }

  private static Path last(Path run) {
    return run.resolve("checkpoints").resolve("last.zip");
  }

  private static long step(Optional<Path> checkpoint) {
    return checkpoint.map(Checkpoint::read).map(read -> read.position().step()).orElse(0L);
  }

  private static String[] with(String[] arguments, String more) {
    return Stream.concat(Arrays.stream(arguments), Stream.of(more)).toArray(String[]::new);
  }
}
