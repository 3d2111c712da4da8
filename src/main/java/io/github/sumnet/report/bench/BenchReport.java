package io.github.sumnet.report.bench;

import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.report.document.HtmlReport;
import io.github.sumnet.report.document.Numbers;
import io.github.sumnet.report.document.UnitFormat;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A benchmark as a page: the answer first, then what it rests on.
 *
 * @param run its name
 */
public record BenchReport(String run, BenchResult result) {
  /** Room for a legend of eight entries below the plot. */
  private static final int CHART_HEIGHT = 450;

  /** The whole file. */
  public String html() {
    HtmlReport page = new HtmlReport("Benchmark " + run, lead());
    page.add("Answer", answer());
    if (result.isAnythingMeasured()) {
      page.add("Pictures", pictures());
      page.add("Tables", tables());
    }
    List<String> notes = BenchNotes.of(result);
    if (!notes.isEmpty()) {
      page.add("Noise and problems", List.of(HtmlReport.list(notes)));
    }
    page.add("How it was measured", List.of(HtmlReport.list(method())));
    page.add("Plan", List.of(HtmlReport.facts("What was asked for", plan())));
    page.add("Environment", List.of(HtmlReport.facts("Where and by what", environment())));
    return page.html();
  }

  private String lead() {
    BenchEnvironment environment = result.environment();
    return Objects.requireNonNullElse(environment.processor(), environment.architecture())
        + ", "
        + environment.cores()
        + (environment.cores() == 1 ? " core" : " cores")
        + ", "
        + environment.start()
        + (result.complete() ? "" : "; not complete");
  }

  private List<DomContent> answer() {
    List<DomContent> content = new ArrayList<>();
    if (!result.complete()) {
      content.add(
          HtmlReport.text("The benchmark was interrupted: this is what was measured until then."));
    }
    if (!result.isAnythingMeasured()) {
      content.add(HtmlReport.text("Nothing was measured; the reasons are below."));
    }
    List<String> sentences = BenchAnswer.of(result);
    if (!sentences.isEmpty()) {
      content.add(HtmlReport.list(sentences));
    }
    return content;
  }

  private List<DomContent> pictures() {
    return BenchCharts.of(result).stream().map(BenchReport::throughput).toList();
  }

  private static DomContent throughput(BenchCharts network) {
    return HtmlReport.picture(
        network.throughput(),
        CHART_HEIGHT,
        "Samples in training steps a second against samples in a step, both logarithmic: medians,"
            + " with 95 % intervals as bars. Higher is faster.");
  }

  private List<DomContent> tables() {
    return List.of(
        HtmlReport.table(
            "UnitFormat: medians with 95 % intervals; all digits are in bench.json",
            BenchTable.rates(result)),
        HtmlReport.table(
            "Beside the rate: start of the process and of ND4J, gradient check, making and copying"
                + " the data, warm-up",
            BenchTable.parts(result)));
  }

  private List<String> method() {
    BenchPlan plan = result.plan();
    return List.of(
        "Every engine on every device runs in a process of its own, "
            + plan.forks()
            + (plan.forks() == 1 ? " time." : " times, one after the other."),
        "Before anything is timed, an engine passes the gradient check for the network and the"
            + " precision.",
        "Steps are made until the JIT compiler is done and their time is steady, at most "
            + BenchPlan.MOST_WARM_UP_SECONDS
            + " s; then the engines take turns, repetition by repetition, so that a machine that"
            + " drifts hits all alike. Generating and copying the samples are timed in the same"
            + " way.",
        plan.repetitions()
            + (plan.repetitions() == 1 ? " repetition" : " repetitions")
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
        plan.batchSizes().stream()
            .map(size -> Numbers.whole((long) size))
            .collect(Collectors.joining("; ")));
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
    facts.put("memory", bytes((double) environment.memoryBytes()));
    for (BenchEnvironment.DeviceState state : environment.devices()) {
      facts.put("device " + state.device(), known(state.toString()));
    }
    return facts;
  }

  private static String bytes(double count) {
    return UnitFormat.of(count) + (count < 999.5 ? " B" : "B");
  }

  private static String known(String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank()).orElse("unknown");
  }
}
