package io.github.sumnet.report.check;

import com.google.gson.JsonObject;
import io.github.sumnet.gradcheck.CheckResult;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.SelfTestResult;
import io.github.sumnet.report.document.Json;

/** Checks of several precisions and widths as one JSON document. */
public final class CheckJson {
  private CheckJson() {}

  /**
   * The document.
   *
   * @param selfTest null if the check did not test itself
   */
  public static String of(CheckResult result, SelfTestResult selfTest) {
    JsonObject json = new JsonObject();
    json.addProperty("verdict", result.verdict().toString());
    json.addProperty("components", result.total(r -> r.checked() + r.skipped()));
    json.addProperty("checked", result.total(GradientReport::checked));
    json.addProperty("skipped", result.total(GradientReport::skipped));
    json.addProperty("failed", result.total(GradientReport::failed));
    json.addProperty("inconclusive", result.total(GradientReport::inconclusive));
    json.addProperty("undefined", result.total(GradientReport::undefined));
    json.addProperty("atFloor", result.total(GradientReport::atFloor));
    json.add("worstErrorOverBound", Json.number(result.worstErrorOverBound()));
    json.add("firstWrongStage", GradientReportJson.stage(result.firstWrongStage()));
    json.add(
        "failures",
        GradientReportJson.array(
            result.reports().stream().filter(r -> r.failure().isPresent()).toList(),
            GradientReportJson::failurePart));
    if (selfTest != null) {
      SelfTestJson.addTo(json, selfTest);
    }
    json.add("reports", GradientReportJson.array(result.reports(), GradientReportJson::part));
    return Json.write(json);
  }
}
