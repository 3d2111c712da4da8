package io.github.sumnet.report.check;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.CheckedNetwork;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.NonFiniteResult;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.diagnosis.WorstSample;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.Component;
import io.github.sumnet.gradcheck.verdict.Component.Dissenter;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One gradient check for programs.
 *
 * @param summary the verdict and its figures in a sentence
 * @param components the values that were to be checked
 * @param firstWrongStage null if none is wrong
 * @param failure null if none is wrong
 */
record GradientCheckJson(
    Verdict verdict,
    String summary,
    String engine,
    Optional<Fault> planted,
    Device device,
    Optional<Integer> deviceNumber,
    Precision precision,
    String network,
    Optional<Integer> threads,
    long seed,
    Form form,
    String intermediateValues,
    int components,
    int checked,
    int skipped,
    int failed,
    int inconclusive,
    int undefined,
    int referenceFailed,
    int confirmedByIndependentDerivative,
    int contradictedByIndependentDerivative,
    int atFloor,
    double worstErrorOverBound,
    String firstWrongStage,
    FailureJson failure,
    List<DesignJson> designs,
    List<NonFiniteResult> nonFinite,
    Optional<RepeatabilityJson> repeatability) {
  private static final MathContext THIRTY_DIGITS = new MathContext(30);

  static GradientCheckJson of(GradientReport report) {
    CheckedNetwork subject = report.subject();
    return new GradientCheckJson(
        report.verdict(),
        new GradientCheckReport(report).summary(),
        subject.name(),
        report.planted(),
        subject.device(),
        subject.engine().flatMap(EngineSpec::openClNumber),
        subject.precision(),
        subject.description(),
        subject.engine().map(EngineSpec::threads),
        report.seed(),
        report.form(),
        report.tracesTrainingPass() ? "training-pass" : "second-pass",
        report.checked() + report.skipped(),
        report.checked(),
        report.skipped(),
        report.failed(),
        report.inconclusive(),
        report.undefined(),
        report.referenceFailed(),
        report.confirmed(),
        report.contradicted(),
        report.atFloor(),
        report.worstErrorOverBound(),
        report.firstWrongStage().map(Stage::toString).orElse(null),
        report.failure().map(failure -> FailureJson.of(report, failure)).orElse(null),
        report.results().stream().map(design -> DesignJson.of(report, design)).toList(),
        report.nonFinite(),
        report
            .repeatability()
            .map(
                r ->
                    new RepeatabilityJson(r.runs(), r.identical(), r.threads(), r.threadSpread())));
  }

  private record RepeatabilityJson(
      int runs, boolean identical, List<Integer> threads, double threadSpreadUlps) {}

  /** What went wrong, on the smallest case that shows it; steps and samples count from 1. */
  record FailureJson(
      String stage,
      String engine,
      Precision precision,
      String network,
      String design,
      boolean reproducible,
      Cause cause,
      String hint,
      int step,
      int samples,
      String replay,
      List<ComponentJson> components,
      List<ComponentJson> gradient,
      Map<String, Object> worstSample) {
    static FailureJson of(GradientReport report, Failure failure) {
      CheckedNetwork subject = report.subject();
      double[] weights = failure.weights();
      return new FailureJson(
          failure.stage().toString(),
          subject.name(),
          subject.precision(),
          subject.description(),
          failure.design(),
          failure.reproducible(),
          failure.suspicion().cause(),
          failure.suspicion().hint(),
          failure.step() + 1,
          failure.samples(),
          ReplayCommand.of(report, failure),
          ComponentJson.of(subject, failure.components(), weights, List.of()),
          ComponentJson.of(subject, failure.gradient(), weights, failure.independent()),
          worst(failure.worstSample()));
    }

    private static Map<String, Object> worst(WorstSample worst) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("sample", worst.index() + 1);
      json.putAll(worst.named());
      worst.values().forEach(v -> json.put(v.name(), new Pair(v.engine(), v.truth())));
      return json;
    }
  }

  private record Pair(double engine, double truth) {}

  private record DesignJson(
      String design, List<Integer> samples, String blindTo, List<StageJson> stages) {
    static DesignJson of(GradientReport report, DesignResult result) {
      return new DesignJson(
          result.design(),
          result.samples(),
          result.blindTo(),
          result.stages().stream().map(stage -> StageJson.of(report, stage)).toList());
    }
  }

  private record StageJson(
      String stage,
      int step,
      int checked,
      int failed,
      int inconclusive,
      int atFloor,
      double worstErrorOverBound,
      Optional<List<ComponentJson>> components) {
    static StageJson of(GradientReport report, StageResult result) {
      return new StageJson(
          result.stage().toString(),
          result.step() + 1,
          result.checked(),
          result.failed(),
          result.inconclusive(),
          result.atFloor(),
          result.worstErrorOverBound(),
          result.failed() > 0 || isWorthItsSpace(report, result)
              ? Optional.of(
                  ComponentJson.of(report.subject(), result.components(), null, List.of()))
              : Optional.empty());
    }

    /**
     * All comparisons would be hundreds of kilobytes for every run, and tens of megabytes in the
     * full form. Kept are those of the batch in a design's first step, but what is returned says it
     * twice.
     */
    private static boolean isWorthItsSpace(GradientReport report, StageResult result) {
      boolean ofTheBatch = result.components().stream().allMatch(c -> c.sample() < 0);
      return report.form() == Form.SHORT
          && result.step() == 0
          && ofTheBatch
          && !result.stage().equals(Stage.RETURNED);
    }
  }

  /** One value; the decimals have 30 digits. */
  private record ComponentJson(
      String name,
      Optional<Integer> sample,
      Optional<Integer> layer,
      Optional<Integer> in,
      Optional<Integer> out,
      Optional<Integer> flatIndex,
      Optional<Double> value,
      double engine,
      double reference,
      BigDecimal truth,
      Optional<BigDecimal> independent,
      double error,
      double bound,
      boolean atFloor,
      double errorOverBound,
      double relativeError,
      double ulps,
      double conditionNumber,
      Verdict verdict,
      Dissenter wrong) {
    /**
     * All of a stage's values.
     *
     * @param weights the weights that the case starts from; null if they are not of interest
     * @param independent the independent derivatives by weight; may be empty
     */
    static List<ComponentJson> of(
        CheckedNetwork subject,
        List<Component> components,
        double[] weights,
        List<BigDecimal> independent) {
      return components.stream().map(c -> of(subject, c, weights, independent)).toList();
    }

    private static ComponentJson of(
        CheckedNetwork subject, Component c, double[] weights, List<BigDecimal> independent) {
      Precision precision = subject.precision();
      Optional<Integer> weight = Optional.of(c.weight()).filter(w -> w >= 0);
      Optional<WeightPlace> place = weight.map(w -> WeightPlace.of(subject.network(), w));
      return new ComponentJson(
          c.name(),
          c.sample() < 0 ? Optional.empty() : Optional.of(c.sample() + 1),
          place.map(WeightPlace::layer),
          place.flatMap(WeightPlace::in),
          place.map(WeightPlace::out),
          place.map(WeightPlace::flat),
          weight.filter(w -> weights != null).map(w -> weights[w]),
          c.engine(),
          c.reference(),
          c.truth().round(THIRTY_DIGITS),
          weight
              .filter(w -> !independent.isEmpty())
              .map(w -> independent.get(w).round(THIRTY_DIGITS)),
          c.error(),
          c.bound(),
          c.atFloor(),
          c.errorOverBound(),
          c.relativeError(),
          c.ulps(precision),
          c.conditionNumber(precision.unitRoundoff()),
          c.verdict(),
          c.dissenter());
    }
  }
}
