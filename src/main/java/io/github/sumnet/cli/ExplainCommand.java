package io.github.sumnet.cli;

import io.github.sumnet.cli.option.DeviceOption;
import io.github.sumnet.cli.option.DiagramOption;
import io.github.sumnet.cli.option.InputOptions;
import io.github.sumnet.cli.option.OutputOption;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.explain.EngineValues;
import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Inputs;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.ExplanationReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sumnet explain}: one training step on one sample, step by step. */
@Command(
    name = "explain",
    description =
        "Walks through one training step: the worked example's, or that of any inputs and"
            + " weights, exact values beside DL4J's.",
    footer = {
      "  # The worked example, value by value.",
      "  sumnet explain",
      "  # One's own sample, with a drawing of the network.",
      "  sumnet explain --x1 0.25 --x2 0.5 --diagram network.svg"
    })
final class ExplainCommand extends SumnetCommand {
  @Mixin InputOptions inputOptions;
  @Mixin DeviceOption deviceOption;

  @Option(
      names = "--precision",
      defaultValue = "double",
      description = "What DL4J computes in: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Precision precision;

  @Mixin DiagramOption diagram;
  @Mixin OutputOption output;

  @Override
  public Integer call() throws InterruptedException, IOException {
    output.check();
    Inputs inputs = inputOptions.inputs(precision);
    diagram.check(inputs.topology());
    Explanation explanation = explain(inputs);
    diagram.write(explanation);
    output.print(new ExplanationReport(explanation));
    return ExitCode.OK.code();
  }

  private Explanation explain(Inputs inputs) throws InterruptedException {
    DeviceSelection device = deviceOption.select(EngineType.DL4J, precision == Precision.DOUBLE);
    BackendBinding.bind(device.device());
    try (Engine engine = EngineValues.engine(inputs, device.device(), precision)) {
      return Explanation.of(inputs, engine);
    }
  }
}
