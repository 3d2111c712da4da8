package io.github.sumnet.cli;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.explain.EngineValues;
import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Inputs;
import io.github.sumnet.network.Precision;
import io.github.sumnet.report.ExplanationFormat;
import io.github.sumnet.report.JsonExplanation;
import io.github.sumnet.report.MarkdownExplanation;
import io.github.sumnet.report.TextExplanation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sumnet explain}: one training step on one sample, step by step. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Walks through one training step: the worked example's, or that of any inputs and"
            + " weights, exact values beside DL4J's.",
    footer = {
      "  # The worked example, value by value.",
      "  sumnet explain",
      "  # One's own sample, with a drawing of the network.",
      "  sumnet explain --x1 0.25 --x2 0.5 --diagram network.svg"
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin InputOptions inputOptions;
  @Mixin DeviceOption deviceOption;

  @Option(
      names = "--precision",
      defaultValue = "double",
      description = "What DL4J computes in: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Precision precision;

  @Option(names = "--json", description = "Print one JSON document.")
  boolean json;

  @Option(names = "--markdown", description = "Print Markdown.")
  boolean markdown;

  @Mixin DiagramOption diagram;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (json && markdown) {
      throw new ParameterException(
          spec.commandLine(), "expected one of --json and --markdown, not both");
    }
    Inputs inputs = inputOptions.inputs(precision);
    diagram.check(inputs.topology());
    Explanation explanation = explain(inputs);
    diagram.write(explanation);
    spec.commandLine().getOut().println(format().format(explanation));
    return ExitCode.OK.code();
  }

  private Explanation explain(Inputs inputs) throws InterruptedException {
    DeviceSelection device = deviceOption.select(EngineType.DL4J, precision == Precision.DOUBLE);
    BackendBinding.bind(device.device());
    try (Engine engine = EngineValues.engine(inputs, device.device(), precision)) {
      return Explanation.of(inputs, engine);
    }
  }

  private ExplanationFormat format() {
    if (json) {
      return new JsonExplanation();
    }
    return markdown ? new MarkdownExplanation() : new TextExplanation();
  }
}
