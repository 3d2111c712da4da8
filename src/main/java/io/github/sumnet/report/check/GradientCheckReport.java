package io.github.sumnet.report.check;

import io.github.sumnet.data.Count;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.NonFiniteResult;
import io.github.sumnet.gradcheck.Repeatability;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.diagnosis.WorstSample;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Component;
import io.github.sumnet.gradcheck.verdict.Component.Dissenter;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A gradient check of one network in one precision. */
public record GradientCheckReport(GradientReport report) implements Report {
  /** Values that never passed that are named. */
  private static final int NAMED = 12;

  /** How far intermediate values speak for what trains. */
  static final String SECOND_PASS =
      "z, a, ŷ and the deltas come from a second pass over the samples, by the same operations; loss,"
          + " gradients and weights are those of the pass that trains";

  /** One line: the verdict and what it rests on. */
  public String summary() {
    return format(
        "gradient check: %s, %s of %s on %s in %s (%s) against the truth, %,d wrong, %,d"
            + " inconclusive, %s",
        report.verdict(),
        Count.of(report.checked(), "value"),
        judged(),
        report.subject().place(),
        report.subject().precision(),
        report.subject().description(),
        report.failed(),
        report.inconclusive(),
        worst(report.worstErrorOverBound(), report.atFloor()));
  }

  @Override
  public String title() {
    return "Gradient check: " + report.verdict();
  }

  @Override
  public Document document() {
    List<Block> blocks = blocks();
    CheckLegend.of(blocks).ifPresent(blocks::add);
    return new Document("", "", blocks);
  }

  @Override
  public Object json() {
    return GradientCheckJson.of(report);
  }

  /** The summary and, unless the check passed, why it did not. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Text(summary()));
    if (report.verdict() != Verdict.PASS) {
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("coverage", coverage());
      report.failure().ifPresent(failure -> finding(failure, facts));
      blocks.add(new Block.Facts("", facts));
      report.failure().ifPresent(failure -> evidence(failure, blocks));
      others(blocks);
    }
    return blocks;
  }

  private String coverage() {
    long failing = report.results().stream().filter(r -> r.firstWrong().isPresent()).count();
    return format(
        "%,d of %s checked, %,d skipped, %,d inconclusive; %,d of %s wrong",
        report.checked(),
        Count.of(report.checked() + report.skipped(), "value"),
        report.skipped(),
        report.inconclusive(),
        failing,
        Count.of(report.results().size(), "design"));
  }

  private void finding(Failure failure, Map<String, String> facts) {
    facts.put("first wrong stage", failure.stage() + ", in design '" + failure.design() + "'");
    if (!report.tracesTrainingPass()) {
      facts.put("intermediate values", SECOND_PASS);
    }
    facts.put("wrong", dissenters(failure.components()));
    facts.put("suspicion", "the " + failure.stage() + " " + failure.suspicion().hint());
    if (!failure.reproducible()) {
      facts.put(
          "not reproducible", "the design was repeated, and this stage did not go wrong again");
    }
  }

  private static String dissenters(List<Component> components) {
    Map<Dissenter, Long> values =
        components.stream()
            .collect(Collectors.groupingBy(Component::dissenter, Collectors.counting()));
    long both = values.getOrDefault(Dissenter.BOTH, 0L);
    long reference = values.getOrDefault(Dissenter.REFERENCE, 0L);
    if (both + reference == 0) {
      return "the engine; the reference agrees with the truth";
    }
    return format(
        "of %s the engine alone has %d wrong, the reference alone %d, both %d",
        Count.of(components.size(), "value"),
        values.getOrDefault(Dissenter.ENGINE, 0L),
        reference,
        both);
  }

  private void evidence(Failure failure, List<Block> blocks) {
    String samples =
        failure.steps().stream()
            .map(step -> step.chunks().stream().map(chunk -> chunk.size() + "").toList())
            .map(sizes -> String.join(" and ", sizes))
            .collect(Collectors.joining(", then ", "samples: ", ""));
    blocks.add(
        new Block.Text(
            (failure.reproducible()
                    ? "On the smallest case that shows it"
                    : "In the run that went wrong")
                + " ("
                + samples
                + "):"));
    boolean isMean = failure.stage().equals(Stage.MEAN);
    compare(failure, failure.stage(), failure.components(), isMean, blocks);
    if (!isMean) {
      compare(failure, Stage.MEAN, failure.gradient(), true, blocks);
    }
    blocks.add(worstSample(failure.worstSample()));
    blocks.add(
        new Block.Code(
            failure.reproducible()
                ? "Replay it with (exit code 3 while it is wrong, 0 once it is fixed)"
                : "Try it again with",
            ReplayCommand.of(report, failure)));
  }

  /** What was computed beside what is true, then how far apart they are. */
  private void compare(
      Failure failure,
      Stage stage,
      List<Component> components,
      boolean withIndependent,
      List<Block> blocks) {
    List<BigDecimal> independent = withIndependent ? failure.independent() : List.of();
    boolean ofWeights = components.stream().anyMatch(c -> c.weight() >= 0);
    Precision precision = report.subject().precision();
    List<Column> columns =
        Column.join(
            Column.words(""),
            ofWeights ? Column.words("weight") : List.of(),
            Column.numbers("engine", "reference", "truth"),
            independent.isEmpty() ? List.of() : Column.numbers("independent"));
    List<List<String>> values = new ArrayList<>();
    List<List<String>> errors = new ArrayList<>();
    for (Component c : components) {
      List<String> row = new ArrayList<>(List.of(name(c)));
      if (ofWeights) {
        row.add(c.weight() < 0 ? "" : place(c, failure));
      }
      row.add(digits(c.engine()));
      row.add(digits(c.reference()));
      row.add(digits(c.truth().doubleValue()));
      if (!independent.isEmpty()) {
        row.add(digits(independent.get(c.weight()).doubleValue()));
      }
      values.add(row);
      errors.add(
          List.of(
              name(c),
              small(c.error()),
              small(c.bound()),
              small(c.errorOverBound()),
              small(c.relativeError()),
              small(c.ulps(precision)),
              small(c.conditionNumber(precision.unitRoundoff())),
              c.verdict().toString()));
    }
    blocks.add(new Block.Table(stage.toString(), columns, values));
    List<Column> distances =
        Column.join(
            Column.words(""),
            Column.numbers("error", "bound", "of bound", "relative", "ULPs", "condition"),
            Column.words("verdict"));
    blocks.add(new Block.Table("", distances, errors));
  }

  private static String name(Component c) {
    return c.sample() < 0 ? c.name() : c.name() + " #" + (c.sample() + 1);
  }

  /** Layer, [in,out] and flat index of the weight, and its value. */
  private String place(Component c, Failure failure) {
    return format(
        "%s %.4g",
        WeightPlace.of(report.subject().network(), c.weight()), failure.weights()[c.weight()]);
  }

  private static Block worstSample(WorstSample worst) {
    return new Block.Table(
        format(
            "worst sample #%d: %s",
            worst.index() + 1,
            worst.named().entrySet().stream()
                .map(number -> number.getKey() + " = " + number.getValue())
                .collect(Collectors.joining(", "))),
        Column.join(Column.words(""), Column.numbers("engine", "truth")),
        worst.values().stream()
            .map(value -> List.of(value.name(), digits(value.engine()), digits(value.truth())))
            .toList());
  }

  private void others(List<Block> blocks) {
    if (report.contradicted() > 0) {
      blocks.add(
          new Block.Text(
              "The truth itself is in doubt: independent derivatives disagree with "
                  + Count.of(report.contradicted(), "value")
                  + "."));
    }
    for (NonFiniteResult result : report.nonFinite()) {
      if (result.verdict() == Verdict.FAIL) {
        blocks.add(
            new Block.Text(
                format(
                    "With %s: expected %s, found %s.",
                    result.input(), result.expected(), result.found())));
      }
    }
    report
        .repeatability()
        .filter(r -> r.verdict(report.subject().device()) == Verdict.FAIL)
        .ifPresent(r -> blocks.add(new Block.Text(repeatability(r))));
    if (report.verdict() != Verdict.FAIL) {
      List<String> unproven = report.unproven();
      blocks.add(
          new Block.Text(
              report.verdict() == Verdict.IN_BOUNDS
                  ? "All values of this case lie within their bounds. One case certifies nothing"
                      + " beyond itself: 'sumnet check' without --weights and --step judges the"
                      + " whole network."
                  : "No value is wrong, but not every value passed in a design that can show every"
                      + " fault: nothing is certified."
                      + (unproven.isEmpty() ? "" : " None of these did: ")
                      + String.join(", ", unproven.subList(0, Math.min(NAMED, unproven.size())))
                      + (unproven.size() > NAMED ? " and others" : "")));
      blocks.add(
          new Block.Bullets(
              false,
              report.results().stream()
                  .filter(result -> !result.blindTo().isEmpty())
                  .map(
                      result ->
                          format("design '%s' cannot show %s", result.design(), result.blindTo()))
                  .toList()));
    }
  }

  static String repeatability(Repeatability r) {
    return format(
        "repeatability: %d runs %s; %s threads differ by %s",
        r.runs(),
        r.identical() ? "with the same bits" : "with DIFFERENT bits",
        String.join(", ", r.threads().stream().map(String::valueOf).toList()),
        r.threadSpread() == 0 ? "no bit" : format("up to %.0f ULPs", r.threadSpread()));
  }

  /** What was judged: an engine, or a network with a planted fault. */
  String judged() {
    return report
        .planted()
        .map(mutant -> "planted fault " + mutant)
        .orElseGet(() -> report.subject().name());
  }

  /** The worst error in words, and how many values do not count for it. */
  static String worst(double errorOverBound, int atFloor) {
    String error = "worst error " + ratio(errorOverBound) + " of its bound";
    return atFloor == 0
        ? error
        : error + ", " + Count.of(atFloor, "value") + " at a floor left out";
  }

  static String ratio(double errorOverBound) {
    return format(errorOverBound < 1000 ? "%.3f" : "%.1e", errorOverBound);
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
