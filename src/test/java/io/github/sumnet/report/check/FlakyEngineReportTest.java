package io.github.sumnet.report.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.CheckResult;
import io.github.sumnet.gradcheck.FlakyReport;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.report.document.OutputFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlakyEngineReportTest {
  private static final EngineSpec SPEC =
      new EngineSpec(
          EngineType.DL4J,
          Device.CPU,
          Precision.DOUBLE,
          Topology.DEFAULT,
          UpdaterConfig.sgd(0.1),
          1);

  @Test
  void the_text_says_that_the_failure_did_not_show_again() throws InterruptedException {
    String text =
        OutputFormat.TEXT.of(
            new CheckReport(new CheckResult(List.of(FlakyReport.of(SPEC))), Optional.empty()));
    assertThat(text)
        .containsPattern("first wrong stage +mean gradient, in design 'random n=2, weights to 2.0'")
        .contains("not reproducible")
        .containsPattern("intermediate values +z, a, ŷ and the deltas come from a second pass")
        .contains("In the run that went wrong (samples: 2):")
        .contains("Try it again with")
        .containsPattern("w12 .* fail")
        .endsWith("of its bound" + System.lineSeparator());
  }

  @Test
  void the_json_says_so_too() throws InterruptedException {
    GradientReport report = FlakyReport.of(SPEC);
    JsonObject json =
        JsonParser.parseString(
                OutputFormat.JSON.of(
                    new CheckReport(new CheckResult(List.of(report)), Optional.empty())))
            .getAsJsonObject();
    JsonObject failure = json.getAsJsonArray("failures").get(0).getAsJsonObject();
    assertThat(json.get("verdict").getAsString()).isEqualTo("fail");
    assertThat(failure.get("reproducible").getAsBoolean()).isFalse();
    assertThat(failure.getAsJsonArray("components")).hasSize(6);
    assertThat(failure.get("replay").getAsString()).contains("--step=");
  }
}
