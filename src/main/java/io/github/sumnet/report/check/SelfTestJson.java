package io.github.sumnet.report.check;

import io.github.sumnet.gradcheck.MutantResult;
import io.github.sumnet.gradcheck.SelfTestResult;
import io.github.sumnet.gradcheck.TrialResult;
import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.Precision;
import java.util.List;

/** What the check's test of itself came to, for programs. */
final class SelfTestJson {
  private SelfTestJson() {}

  /** The planted faults; {@code missed} names those that were not found. */
  record Mutants(
      int planted,
      long caught,
      long stageRight,
      long causeRight,
      List<String> missed,
      List<Planted> results) {
    static Mutants of(SelfTestResult result) {
      List<MutantResult> mutants = result.mutants();
      return new Mutants(
          mutants.size(),
          mutants.stream().filter(MutantResult::caught).count(),
          mutants.stream().filter(MutantResult::stageIsRight).count(),
          mutants.stream().filter(MutantResult::causeIsRight).count(),
          mutants.stream()
              .filter(m -> !m.caught())
              .map(m -> m.fault() + " in " + m.precision())
              .toList(),
          mutants.stream().map(Planted::of).toList());
    }
  }

  /** One planted fault; what was not found or not tried is null. */
  private record Planted(
      String name,
      String fault,
      Precision precision,
      boolean caught,
      String stage,
      String firstWrongStage,
      Cause cause,
      Cause suspectedCause,
      Boolean caughtByGradientCheckUtil,
      Boolean caughtByRelativeTolerance) {
    static Planted of(MutantResult m) {
      return new Planted(
          m.fault().toString(),
          m.fault().description(),
          m.precision(),
          m.caught(),
          m.fault().stage(m.network()).toString(),
          m.found().map(Stage::toString).orElse(null),
          m.fault().cause(),
          m.caught() ? m.suspected() : null,
          m.caughtByCentralDifferences().orElse(null),
          m.caughtByTolerance().orElse(null));
    }
  }

  /** The healthy trials. */
  record FalseAlarms(long trials, long alarms, List<Trials> byPrecision) {
    static FalseAlarms of(SelfTestResult result) {
      return new FalseAlarms(
          result.trials().stream().mapToLong(TrialResult::trials).sum(),
          result.trials().stream().mapToLong(TrialResult::alarms).sum(),
          result.trials().stream().map(Trials::of).toList());
    }
  }

  private record Trials(
      Precision precision,
      long trials,
      long alarms,
      long values,
      long inconclusive,
      double worstErrorOverBound,
      long relativeToleranceAlarms) {
    static Trials of(TrialResult trial) {
      return new Trials(
          trial.precision(),
          trial.trials(),
          trial.alarms(),
          trial.values(),
          trial.inconclusive(),
          trial.worstErrorOverBound(),
          trial.toleranceAlarms());
    }
  }
}
