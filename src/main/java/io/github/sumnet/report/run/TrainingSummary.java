package io.github.sumnet.report.run;

import io.github.sumnet.data.Count;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Transfers;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.report.check.ShellWord;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import io.github.sumnet.report.document.UnitFormat;
import io.github.sumnet.train.SteadyRate;
import io.github.sumnet.train.StopReason;
import io.github.sumnet.train.TrainingResult;
import io.github.sumnet.train.run.StartupTimes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
    StartupTimes startup)
    implements Report {
  /** Where predictions are asked for, as shares of the range that was trained on. */
  private static final double[] EXAMPLE = {0.2, 0.6};

  /** Of more units the weights are no help in a line. */
  private static final int MOST_HIDDEN = 3;

  private String learned() {
    return judgement().text();
  }

  private LearnedText judgement() {
    return new LearnedText(data, inputs, result.weights().topology(), result.heldOut());
  }

  @Override
  public String title() {
    return "Training run " + runFolder.getFileName();
  }

  /** What was learned, what was checked, where the rest is; figures; what to do next. */
  @Override
  public Document document() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Text(learned()));
    blocks.add(
        new Block.Text(
            String.format(
                Locale.ROOT,
                "Gradients checked before training: %s right, %,d wrong, %,d inconclusive.",
                Count.of(check.checked() - check.failed() - check.inconclusive(), "value"),
                check.failed(),
                check.inconclusive())));
    blocks.add(
        new Block.Text(
            ("Everything is in %s; 'scripts/sumnet report %s' draws it, checkpoints/last.zip is"
                    + " there to go on from.")
                .formatted(runFolder, ShellWord.of(runFolder.toString()))));
    blocks.add(new Block.Facts("", figures()));
    next().ifPresent(blocks::add);
    return new Document("", "", blocks);
  }

  private Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "half mean squared error", UnitFormat.rounded(result.finalLoss()) + " on held-out samples");
    figures.put(
        "weights",
        result.weights().topology().hidden() <= MOST_HIDDEN
            ? text(result.weights())
            : "in the run's files");
    figures.put(
        "training",
        String.format(
            Locale.ROOT,
            "%s, %s in %.2f s: %,.0f samples/s; %s",
            Count.of(result.steps(), "step"),
            Count.of(result.samples(), "sample"),
            result.secondsTraining(),
            result.samplesPerSecond(),
            result.stopReason().ending()));
    result.steady().ifPresent(steady -> figures.put("steady rate", text(steady)));
    if (resumedFrom != null) {
      figures.put(
          "since the beginning",
          String.format(
              Locale.ROOT,
              "%s, %s; this run went on from %s at step %,d",
              Count.of(result.position().step(), "step"),
              Count.of(result.totalSamples(), "sample"),
              resumedFrom,
              result.begin().step()));
    }
    result.transfers().ifPresent(transfers -> figures.put("copied", text(transfers)));
    figures.put(
        "start-up",
        String.format(
            Locale.ROOT,
            "%.1f s: JVM %.1f s, ND4J %.1f s, gradient check %.1f s",
            startup.total(),
            startup.jvm(),
            startup.nd4j(),
            startup.gradientCheck()));
    if (check.engine().device() != Device.CPU) {
      figures.put("device", check.engine().place() + ": " + deviceReason);
    }
    return figures;
  }

  /** What to try next; that of an interrupted run is said where the interruption is. */
  private Optional<Block> next() {
    if (result.stopReason() == StopReason.INTERRUPTED) {
      return Optional.empty();
    }
    return Optional.of(
        judgement().isUnsatisfactory()
            ? new Block.Text(
                "Next: a smaller --learning-rate, more --epochs or another --seed may help.")
            : new Block.Code(
                "Next:",
                "scripts/sumnet evaluate %s --predict=%s,%s"
                    .formatted(
                        ShellWord.of(runFolder.toString()),
                        example(inputs.x1Low(), inputs.x1High(), EXAMPLE[0]),
                        example(inputs.x2Low(), inputs.x2High(), EXAMPLE[1]))));
  }

  private static String example(double low, double high, double share) {
    return new BigDecimal(low + share * (high - low))
        .round(new MathContext(3))
        .stripTrailingZeros()
        .toString();
  }

  private String text(Transfers transfers) {
    return String.format(
        Locale.ROOT,
        "%s to the device, %s back; samples took %.1f %% of the training time",
        UnitFormat.bytes(transfers.bytesToDevice()),
        UnitFormat.bytes(transfers.bytesFromDevice()),
        100 * transfers.secondsOfSamples() / result.secondsTraining());
  }

  private static String text(SteadyRate steady) {
    return String.format(
        Locale.ROOT,
        "%,.0f samples/s, from %.2f s on",
        steady.samplesPerSecond(),
        steady.secondsUntil());
  }

  private static String text(Weights weights) {
    return weights.byName().entrySet().stream()
        .map(
            weight ->
                String.format(
                    Locale.ROOT,
                    Math.abs(weight.getValue()) < 1e6 ? "%s = %.4f" : "%s = %.4g",
                    weight.getKey(),
                    weight.getValue()))
        .collect(Collectors.joining(", "));
  }

  private record SummaryJson(
      String learned,
      double finalLoss,
      double rmse,
      double largestError,
      double meanLoss,
      double samplesPerSecond,
      long steps,
      long samples,
      long totalSteps,
      long totalSamples,
      Optional<Path> resumedFrom,
      EngineType engine,
      Device device,
      Optional<Integer> deviceNumber,
      String deviceReason,
      Precision precision,
      int threads,
      Verdict gradientCheck,
      double worstErrorOverBound,
      long spotChecks,
      double worstSpotErrorOverBound,
      Map<String, ?> weights,
      Path model,
      Path runDirectory,
      StopReason stopReason,
      double secondsTraining,
      Optional<Double> steadySamplesPerSecond,
      Optional<Double> secondsUntilSteady,
      double secondsStartup,
      double secondsJvm,
      double secondsNd4j,
      double secondsGradientCheck,
      Optional<Long> bytesToDevice,
      Optional<Long> bytesFromDevice,
      Optional<Double> secondsCopyingSamples) {}

  @Override
  public Object json() {
    EngineSpec engine = check.engine();
    return new SummaryJson(
        learned(),
        result.finalLoss(),
        result.heldOut().rmse(),
        result.heldOut().largestError(),
        result.heldOut().meanLoss(),
        result.samplesPerSecond(),
        result.steps(),
        result.samples(),
        result.position().step(),
        result.totalSamples(),
        Optional.ofNullable(resumedFrom),
        engine.type(),
        engine.device(),
        engine.openClNumber(),
        deviceReason,
        engine.precision(),
        engine.threads(),
        check.verdict(),
        check.worstErrorOverBound(),
        result.spotChecks(),
        result.worstSpotErrorOverBound(),
        weights(result.weights()),
        model,
        runFolder,
        result.stopReason(),
        result.secondsTraining(),
        result.steady().map(SteadyRate::samplesPerSecond),
        result.steady().map(SteadyRate::secondsUntil),
        startup.total(),
        startup.jvm(),
        startup.nd4j(),
        startup.gradientCheck(),
        result.transfers().map(Transfers::bytesToDevice),
        result.transfers().map(Transfers::bytesFromDevice),
        result.transfers().map(Transfers::secondsOfSamples));
  }

  /** By name for the 2-2-1 network; as the arrays hidden[2][H] and output[H] for others. */
  private static Map<String, ?> weights(Weights weights) {
    Topology topology = weights.topology();
    if (topology.equals(Topology.DEFAULT)) {
      return weights.byName();
    }
    int[] units = IntStream.range(0, topology.hidden()).toArray();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "hidden",
        IntStream.range(0, Topology.INPUTS)
            .mapToObj(in -> IntStream.of(units).mapToDouble(u -> weights.hidden(in, u)).toArray())
            .toList());
    json.put("output", IntStream.of(units).mapToDouble(weights::output).toArray());
    return json;
  }
}
