package io.github.sumnet.report.check;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.NonFiniteResult;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.diagnosis.WorstSample;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Component;
import io.github.sumnet.gradcheck.verdict.Component.Dissenter;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Topology;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A gradient check for people. */
public final class GradientReportText {
  private static final String VALUES = "  %-14s %-14s %20s %20s %20s %20s%n";
  private static final String ERRORS = "  %-14s %10s %10s %10s %10s %10s %10s  %s%n";

  private final GradientReport report;
  private final EngineSpec engine;
  private final StringBuilder text = new StringBuilder();

  private GradientReportText(GradientReport report) {
    this.report = report;
    this.engine = report.engine();
  }

  /** One line: the verdict and what it rests on. */
  public static String summary(GradientReport report) {
    return format(
        "gradient check: %s, %,d values of %s on %s in %s (%s) against the truth, %,d wrong, %,d"
            + " inconclusive, %s",
        report.verdict(),
        report.checked(),
        CheckText.judged(report),
        report.engine().place(),
        report.engine().precision(),
        report.engine().topology(),
        report.failed(),
        report.inconclusive(),
        CheckText.worst(report.worstErrorOverBound(), report.atFloor()));
  }

  /** The summary and, unless the check passed, why it did not. */
  static String of(GradientReport report) {
    return new GradientReportText(report).write();
  }

  /** The table with an explanation of its columns. */
  public static String withLegend(GradientReport report) {
    String text = of(report);
    return text + CheckLegend.of(text);
  }

  private String write() {
    line(summary(report));
    if (report.verdict() != Verdict.PASS) {
      coverage();
      report.failure().ifPresent(this::failure);
      others();
    }
    return text.toString().replaceAll("(?m) +$", "");
  }

  private void coverage() {
    long failing = report.results().stream().filter(r -> r.firstWrong().isPresent()).count();
    line(
        "coverage            %,d of %,d values checked, %,d skipped, %,d inconclusive; %d of %d"
            + " designs wrong",
        report.checked(),
        report.checked() + report.skipped(),
        report.skipped(),
        report.inconclusive(),
        failing,
        report.results().size());
  }

  private void failure(Failure failure) {
    line("first wrong stage   %s, in design '%s'", failure.stage(), failure.design());
    if (!report.tracesTrainingPass()) {
      line("intermediate values %s", CheckText.SECOND_PASS);
    }
    line("wrong               %s", dissenters(failure.components()));
    line("suspicion           the %s %s", failure.stage(), failure.suspicion().hint());
    if (!failure.reproducible()) {
      line("not reproducible    the design was repeated, and this stage did not go wrong again");
    }
    line("");
    line(
        "%s (%s):",
        failure.reproducible()
            ? "On the smallest case that shows it"
            : "In the run that went wrong",
        failure.steps().stream()
            .map(chunks -> chunks.stream().map(List::size).map(n -> n + "").toList())
            .map(sizes -> String.join(" and ", sizes))
            .collect(Collectors.joining(", then ", "samples: ", "")));
    boolean isMean = failure.stage() == Stage.MEAN;
    table(
        failure.stage().toString(),
        failure.components(),
        isMean ? failure.independent() : List.of(),
        failure);
    if (!isMean) {
      table(Stage.MEAN.toString(), failure.gradient(), failure.independent(), failure);
    }
    worstSample(failure.worstSample());
    line("");
    line(
        failure.reproducible()
            ? "Replay it with (exit code 3 while it is wrong, 0 once it is fixed)"
            : "Try it again with");
    line("  %s", ReplayCommand.of(report, failure));
  }

  private static String dissenters(List<Component> components) {
    long engineOnly = components.stream().filter(c -> c.dissenter() == Dissenter.ENGINE).count();
    long referenceOnly =
        components.stream().filter(c -> c.dissenter() == Dissenter.REFERENCE).count();
    long both = components.stream().filter(c -> c.dissenter() == Dissenter.BOTH).count();
    if (both + referenceOnly == 0) {
      return "the engine; the reference agrees with the truth";
    }
    return format(
        "of %d values the engine alone has %d wrong, the reference alone %d, both %d",
        components.size(), engineOnly, referenceOnly, both);
  }

  private void table(
      String title, List<Component> components, List<BigDecimal> independent, Failure failure) {
    line("");
    line("%s", title);
    text.append(
        format(
            VALUES,
            "",
            "weight",
            "engine",
            "reference",
            "truth",
            independent.isEmpty() ? "" : "independent"));
    for (Component c : components) {
      text.append(
          format(
              VALUES,
              name(c),
              place(c, failure),
              digits(c.engine()),
              digits(c.reference()),
              digits(c.truth().doubleValue()),
              independent.isEmpty() ? "" : digits(independent.get(c.weight()).doubleValue())));
    }
    text.append(
        format(
            ERRORS, "", "error", "bound", "of bound", "relative", "ULPs", "condition", "verdict"));
    double u = engine.precision().unitRoundoff();
    for (Component c : components) {
      text.append(
          format(
              ERRORS,
              name(c),
              small(c.error()),
              small(c.bound()),
              small(c.errorOverBound()),
              small(c.relativeError()),
              small(c.ulps(engine.precision())),
              small(c.conditionNumber(u)),
              c.verdict()));
    }
  }

  private static String name(Component c) {
    return c.sample() < 0 ? c.name() : c.name() + " #" + (c.sample() + 1);
  }

  /** Layer, [in,out] and flat index of the weight, and its value. */
  private String place(Component c, Failure failure) {
    if (c.weight() < 0) {
      return "";
    }
    Topology topology = engine.topology();
    return format(
        "%s %s",
        WeightPlace.of(topology, c.weight()),
        format("%.4g", failure.weights().toArray()[c.weight()]));
  }

  private void worstSample(WorstSample worst) {
    line("");
    line(
        "worst sample        #%d: x1 = %s, x2 = %s, y = %s",
        worst.index() + 1, worst.x1(), worst.x2(), worst.y());
    for (WorstSample.Value value : worst.values()) {
      line("  %-14s %20s, true is %s", value.name(), digits(value.engine()), digits(value.truth()));
    }
  }

  private void others() {
    if (report.contradicted() > 0) {
      line(
          "the truth itself is in doubt: independent derivatives disagree with %d of its values",
          report.contradicted());
    }
    for (NonFiniteResult result : report.nonFinite()) {
      if (result.verdict() == Verdict.FAIL) {
        line("with %s: expected %s, found %s", result.input(), result.expected(), result.found());
      }
    }
    report
        .repeatability()
        .filter(r -> r.verdict(engine.device()) == Verdict.FAIL)
        .ifPresent(r -> line("%s", CheckText.repeatability(r)));
    if (report.verdict() != Verdict.FAIL) {
      line(
          report.verdict() == Verdict.IN_BOUNDS
              ? "All values of this case lie within their bounds. One case certifies nothing beyond"
                  + " itself: 'sumnet check' without --weights and --step judges the engine."
              : "No value is wrong, but not every value passed in a design that can show every"
                  + " fault: nothing is certified.");
      report.results().stream()
          .filter(result -> !result.blindTo().isEmpty())
          .forEach(
              result -> line("  design '%s' cannot show %s", result.design(), result.blindTo()));
    }
  }

  private void line(String format, Object... arguments) {
    text.append(format(format, arguments)).append(System.lineSeparator());
  }

  private static String digits(double value) {
    return format("%.12g", value);
  }

  private static String small(double value) {
    return Double.isNaN(value) ? "-" : format("%.2g", value);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
