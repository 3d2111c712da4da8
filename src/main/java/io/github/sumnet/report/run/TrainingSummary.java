package io.github.sumnet.report.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.Transfers;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.report.check.ShellWord;
import io.github.sumnet.report.document.Json;
import io.github.sumnet.report.document.UnitFormat;
import io.github.sumnet.train.StopReason;
import io.github.sumnet.train.TrainingResult;
import io.github.sumnet.train.run.StartupTimes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a training run came to.
 *
 * @param deviceReason why it ran on that device
 * @param data the file of the samples; null if they were generated
 * @param inputs where the inputs lie that were trained on
 * @param model the last checkpoint
 * @param resumedFrom the checkpoint that the run went on from, or null
 * @param startup what passed before the first step
 */
public record TrainingSummary(
    TrainingResult result,
    GradientReport check,
    String deviceReason,
    Path data,
    InputBounds inputs,
    Path runFolder,
    Path model,
    Path resumedFrom,
    StartupTimes startup) {
  /** Where predictions are asked for, as shares of the range that was trained on. */
  private static final double[] EXAMPLE = {0.2, 0.6};

  /** One JSON document. */
  public String toJson() {
    EngineSpec engine = check.engine();
    JsonObject json = new JsonObject();
    json.add("finalLoss", Json.number(result.finalLoss()));
    json.add("rmse", Json.number(result.heldOut().rmse()));
    json.add("largestError", Json.number(result.heldOut().largestError()));
    json.add("meanLoss", Json.number(result.heldOut().meanLoss()));
    json.add("samplesPerSecond", Json.number(result.samplesPerSecond()));
    json.addProperty("steps", result.steps());
    json.addProperty("samples", result.samples());
    json.addProperty("totalSteps", result.position().step());
    json.addProperty("totalSamples", result.totalSamples());
    if (resumedFrom != null) {
      json.addProperty("resumedFrom", resumedFrom.toString());
    }
    json.addProperty("engine", engine.type().toString());
    json.addProperty("device", engine.device().toString());
    if (engine.device() == Device.OPENCL) {
      json.addProperty("deviceNumber", engine.deviceNumber());
    }
    json.addProperty("deviceReason", deviceReason);
    json.addProperty("precision", engine.precision().toString());
    json.addProperty("threads", engine.threads());
    json.addProperty("gradientCheck", check.verdict().toString());
    json.add("worstErrorOverBound", Json.number(check.worstErrorOverBound()));
    json.addProperty("spotChecks", result.spotChecks());
    json.add("worstSpotErrorOverBound", Json.number(result.worstSpotErrorOverBound()));
    json.add("weights", weights(result.weights()));
    json.addProperty("model", model.toString());
    json.addProperty("runDirectory", runFolder.toString());
    json.addProperty("stopReason", result.stopReason().toString());
    json.add("secondsTraining", Json.number(result.secondsTraining()));
    json.add("secondsStartup", Json.number(startup.total()));
    json.add("secondsJvm", Json.number(startup.jvm()));
    json.add("secondsNd4j", Json.number(startup.nd4j()));
    json.add("secondsGradientCheck", Json.number(startup.gradientCheck()));
    result
        .transfers()
        .ifPresent(
            transfers -> {
              json.addProperty("bytesToDevice", transfers.bytesToDevice());
              json.addProperty("bytesFromDevice", transfers.bytesFromDevice());
              json.add("secondsCopyingSamples", Json.number(transfers.secondsOfSamples()));
            });
    return Json.write(json);
  }

  /** What it learned and how well, in a sentence. */
  public String learned() {
    return LearnedText.of(data, inputs, result.weights().topology(), result.heldOut());
  }

  /**
   * For people: what was learned, what was checked, where the rest is, what to do next; figures.
   */
  public String toText() {
    return String.format(
        Locale.ROOT,
        """
        %s
        Gradients checked before training: %,d values right, %,d wrong, %,d inconclusive.
        Everything is in %s: report.html to look at, checkpoints/last.zip to go on from.
        %s
        half mean squared error  %.4g on held-out samples
        weights                  %s
        training                 %s, %s in %.1f s: %,.0f samples/s; %s
        %s%sstart-up                 %.1f s: JVM %.1f s, ND4J %.1f s, gradient check %.1f s
        %s""",
        learned(),
        check.checked() - check.failed() - check.inconclusive(),
        check.failed(),
        check.inconclusive(),
        runFolder,
        next(),
        result.finalLoss(),
        result.weights().topology().hidden() <= 3 ? text(result.weights()) : "in the run's files",
        Count.of(result.steps(), "step"),
        Count.of(result.samples(), "sample"),
        result.secondsTraining(),
        result.samplesPerSecond(),
        result.stopReason().ending(),
        continued(),
        result.transfers().map(this::text).orElse(""),
        startup.total(),
        startup.jvm(),
        startup.nd4j(),
        startup.gradientCheck(),
        accelerator());
  }

  /** The command to try next; that of an interrupted run is said where the interruption is. */
  private String next() {
    if (result.stopReason() == StopReason.INTERRUPTED) {
      return "";
    }
    return result.heldOut().isNoBetterThanMean()
        ? "Next: a smaller --learning-rate, more --epochs or another --seed may help.%n".formatted()
        : "Next: scripts/sumnet evaluate %s --predict=%s,%s%n"
            .formatted(
                ShellWord.of(runFolder.toString()),
                example(inputs.x1Low(), inputs.x1High(), EXAMPLE[0]),
                example(inputs.x2Low(), inputs.x2High(), EXAMPLE[1]));
  }

  private static String example(double low, double high, double share) {
    return new BigDecimal(low + share * (high - low))
        .round(new MathContext(3))
        .stripTrailingZeros()
        .toString();
  }

  /** What the run continues, if anything, and what all of it comes to. */
  private String continued() {
    return resumedFrom == null
        ? ""
        : String.format(
            Locale.ROOT,
            "since the beginning      %s, %s; this run went on from %s at step %,d%n",
            Count.of(result.position().step(), "step"),
            Count.of(result.totalSamples(), "sample"),
            resumedFrom,
            result.begin().step());
  }

  private String text(Transfers transfers) {
    return String.format(
        Locale.ROOT,
        "copied                   %s to the device, %s back; samples took %.1f %% of the training time%n",
        UnitFormat.bytes(transfers.bytesToDevice()),
        UnitFormat.bytes(transfers.bytesFromDevice()),
        100 * transfers.secondsOfSamples() / result.secondsTraining());
  }

  /** A line on what computed beside the CPU, if anything did. */
  private String accelerator() {
    EngineSpec engine = check.engine();
    return engine.device() == Device.CPU
        ? ""
        : "device                   %s: %s%n".formatted(engine.place(), deviceReason);
  }

  private static String text(Weights weights) {
    StringBuilder text = new StringBuilder();
    weights
        .byName()
        .forEach(
            (name, w) ->
                text.append(
                    String.format(
                        Locale.ROOT, Math.abs(w) < 1e6 ? "%s %.4f  " : "%s %.4g  ", name, w)));
    return text.toString().strip();
  }

  /** By name for the 2-2-1 network; as the arrays hidden[2][H] and output[H] for others. */
  private static JsonObject weights(Weights weights) {
    JsonObject json = new JsonObject();
    Topology topology = weights.topology();
    if (topology.equals(Topology.DEFAULT)) {
      weights.byName().forEach((name, w) -> json.add(name, Json.number(w)));
      return json;
    }
    JsonArray hidden = new JsonArray();
    for (int input = 0; input < Topology.INPUTS; input++) {
      JsonArray row = new JsonArray();
      for (int unit = 0; unit < topology.hidden(); unit++) {
        row.add(Json.number(weights.hidden(input, unit)));
      }
      hidden.add(row);
    }
    JsonArray output = new JsonArray();
    for (int unit = 0; unit < topology.hidden(); unit++) {
      output.add(Json.number(weights.output(unit)));
    }
    json.add("hidden", hidden);
    json.add("output", output);
    return json;
  }
}
