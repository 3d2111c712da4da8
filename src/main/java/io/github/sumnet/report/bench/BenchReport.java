package io.github.sumnet.report.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.report.chart.Picture;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.OutputFormat;
import io.github.sumnet.report.document.Report;
import io.github.sumnet.report.document.UnitFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A benchmark.
 *
 * @param run its name
 */
public record BenchReport(String run, BenchResult result) implements Report {
  public static final String PAGE = "report.html";

  /** Room for a legend of eight entries below the plot. */
  private static final int CHART_HEIGHT = 450;

  @Override
  public String title() {
    return "Benchmark " + run;
  }

  /** The tables, what to know about them, and the answer last, where a terminal shows it. */
  @Override
  public Document document() {
    List<Block> blocks = new ArrayList<>();
    if (result.isAnythingMeasured()) {
      blocks.add(BenchTable.rates("", result));
      blocks.add(BenchTable.parts(result));
      jobs(blocks);
    }
    sentences(BenchNotes.of(result), blocks);
    sentences(BenchAnswer.of(result), blocks);
    return new Document("", "", blocks);
  }

  /** The answer first, then what it rests on. */
  @Override
  public Document page() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Answer"));
    if (!result.complete()) {
      blocks.add(
          new Block.Text("The benchmark was interrupted: this is what was measured until then."));
    }
    if (!result.isAnythingMeasured()) {
      blocks.add(new Block.Text("Nothing was measured; the reasons are below."));
    }
    sentences(BenchAnswer.of(result), blocks);
    if (result.isAnythingMeasured()) {
      blocks.add(new Block.Heading("Pictures"));
      for (BenchCharts network : BenchCharts.of(result)) {
        blocks.add(throughput(network));
        blocks.add(
            new Block.Picture(
                network.jobs(),
                CHART_HEIGHT,
                "Time from start to end against the samples of a training job, both logarithmic:"
                    + " start-up, gradient check, samples, copies and steps, in batches of the"
                    + " fastest size. Lower is faster."));
      }
      blocks.add(new Block.Heading("Tables"));
      blocks.add(
          BenchTable.rates(
              "Rates: medians with 95 % intervals; all digits are in bench.json", result));
      blocks.add(BenchTable.parts(result));
      jobs(blocks);
    }
    List<String> notes = BenchNotes.of(result);
    if (!notes.isEmpty()) {
      blocks.add(new Block.Heading("Noise and problems"));
      sentences(notes, blocks);
    }
    blocks.add(new Block.Heading("How it was measured"));
    sentences(method(), blocks);
    blocks.add(new Block.Heading("Plan"));
    blocks.add(new Block.Facts("What was asked for", plan()));
    blocks.add(new Block.Heading("Environment"));
    blocks.add(new Block.Facts("Where and by what", environment()));
    return new Document(title(), lead(), blocks);
  }

  /** What {@code bench.json} holds. */
  @Override
  public Object json() {
    return BenchJson.withChecksum(result);
  }

  @Override
  public List<Block.Table> tables() {
    return List.of(BenchTable.plain(result));
  }

  /**
   * Draws the benchmark, as far as it came, into its folder: {@code throughput} and {@code
   * report.html}. What cannot be drawn is a line, never the benchmark's failure.
   *
   * @param err is told if something cannot be drawn
   * @return whether all is drawn
   * @throws IOException if what is drawn cannot be written
   */
  public boolean draw(Path folder, PrintWriter err) throws IOException {
    try {
      Picture throughput = BenchCharts.picture(result);
      AtomicFile.write(folder.resolve("throughput.png"), throughput.png());
      AtomicFile.write(folder.resolve("throughput.svg"), throughput.svg().getBytes(UTF_8));
      AtomicFile.write(folder.resolve(PAGE), OutputFormat.HTML.of(this).getBytes(UTF_8));
      return true;
    } catch (RuntimeException | Error undrawn) {
      // Where Java has no graphics it says so with an Error; the rates are measured all the same.
      err.println("warning: the benchmark could not be drawn: " + FileFailure.deepReason(undrawn));
      return false;
    }
  }

  private void jobs(List<Block> blocks) {
    if (!result.jobs().isEmpty()) {
      blocks.add(BenchTable.jobs(result));
    }
  }

  private static void sentences(List<String> sentences, List<Block> blocks) {
    if (!sentences.isEmpty()) {
      blocks.add(new Block.Bullets(false, sentences));
    }
  }

  private String lead() {
    BenchEnvironment environment = result.environment();
    return Objects.requireNonNullElse(environment.processor(), environment.architecture())
        + ", "
        + Count.of(environment.cores(), "core")
        + ", "
        + environment.start()
        + (result.complete() ? "" : "; not complete");
  }

  private static Block throughput(BenchCharts network) {
    return new Block.Picture(
        network.throughput(),
        CHART_HEIGHT,
        "Samples in training steps a second against samples in a step, both logarithmic: medians,"
            + " with 95 % intervals as bars. Higher is faster.");
  }

  private List<String> method() {
    BenchPlan plan = result.plan();
    return List.of(
        "Every engine on every device runs in a process of its own, "
            + Count.of(plan.forks(), "time")
            + (plan.forks() == 1 ? "." : ", one after the other."),
        "Before anything is timed, an engine passes the gradient check for the network and the"
            + " precision.",
        "Steps are made until the JIT compiler is done and their time is steady, at most "
            + BenchPlan.MOST_WARM_UP_SECONDS
            + " s; then the engines take turns, repetition by repetition, so that a machine that"
            + " drifts hits all alike. Generating and copying the samples are timed in the same"
            + " way.",
        Count.of(plan.repetitions(), "repetition")
            + " a row, over all its processes: training steps (Adam) on one batch that is already"
            + " where the device computes.",
        "Intervals come from resampling processes and repetitions (bootstrap, 95 %).");
  }

  private Map<String, String> plan() {
    BenchPlan plan = result.plan();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("devices", words(plan.devices()));
    facts.put("engines", words(plan.engines()));
    facts.put("precision", words(plan.precisions()));
    facts.put(
        "batch sizes",
        plan.batchSizes().stream().map(size -> Count.of(size)).collect(Collectors.joining("; ")));
    facts.put("hidden units", words(plan.hidden()));
    facts.put("threads", plan.threads() + (plan.threadsGiven() ? ", as asked for" : ""));
    facts.put("repetitions", Integer.toString(plan.repetitions()));
    facts.put("forks", Integer.toString(plan.forks()));
    facts.put("seed", Long.toString(plan.seed()));
    return facts;
  }

  private static String words(Collection<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private Map<String, String> environment() {
    BenchEnvironment environment = result.environment();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command line", "sumnet " + String.join(" ", environment.arguments()));
    facts.put("begun", environment.start());
    facts.put("sumnet", environment.sumnet());
    facts.put("commit", known(environment.commit()));
    facts.put("ND4J", known(environment.nd4j()));
    facts.put("JDK", environment.jdk());
    facts.put("operating system", environment.operatingSystem());
    facts.put("architecture", environment.architecture());
    facts.put("processor", known(environment.processor()));
    facts.put("cores", Integer.toString(environment.cores()));
    facts.put("memory", UnitFormat.bytes(environment.memoryBytes()));
    for (BenchEnvironment.DeviceState state : environment.devices()) {
      facts.put("device " + state.device(), known(state.toString()));
    }
    return facts;
  }

  private static String known(String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank()).orElse("unknown");
  }
}
