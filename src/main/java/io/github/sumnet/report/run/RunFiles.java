package io.github.sumnet.report.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.file.PropertiesText;
import io.github.sumnet.report.document.Json;
import io.github.sumnet.train.run.RunFolder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a run has written into its folder, read back; less of a run that was killed or still trains.
 *
 * @param configuration the option values in force
 * @param environment where, when and how it was made, by the names of its facts
 * @param check the gradient check before it
 * @param history its measurements; none if it came to none
 * @param summary what it came to, if it came to its end
 * @param failure why it failed, if it did
 */
public record RunFiles(
    Map<String, String> configuration,
    Map<String, String> environment,
    Optional<Check> check,
    MetricsHistory history,
    Optional<Summary> summary,
    Optional<String> failure) {
  /**
   * A gradient check.
   *
   * @param summary its verdict and figures in a sentence
   */
  record Check(String summary, List<Design> designs) {
    Check {
      requireAll(summary, designs);
    }

    /** Those of all designs, in the order of a step. */
    Map<String, List<Stage>> stages() {
      return designs.stream()
          .flatMap(design -> design.stages().stream())
          .collect(Collectors.groupingBy(Stage::stage, LinkedHashMap::new, Collectors.toList()));
    }
  }

  /** The values of one case. */
  record Design(List<Stage> stages) {
    Design {
      requireAll(stages);
    }
  }

  /**
   * One kind of values of a design.
   *
   * @param worstErrorOverBound NaN if it is not finite
   */
  record Stage(
      String stage, long checked, long failed, long inconclusive, double worstErrorOverBound) {
    Stage {
      requireAll(stage);
    }
  }

  /**
   * What a run came to.
   *
   * @param learned how well it learned, in sentences
   * @param finalLoss half mean squared error on held-out samples
   */
  record Summary(
      String learned,
      double finalLoss,
      double rmse,
      double samplesPerSecond,
      long steps,
      long samples,
      long totalSteps,
      long totalSamples,
      String stopReason,
      double secondsTraining) {
    Summary {
      requireAll(learned, stopReason);
    }
  }

  /**
   * Reads what there is.
   *
   * @throws IOException if a file cannot be read
   * @throws DataException if one holds something else
   */
  public static RunFiles read(RunFolder run) throws IOException {
    Path metrics = run.path().resolve(RunFolder.METRICS);
    return new RunFiles(
        configuration(run.path().resolve(RunFolder.CONFIGURATION)),
        facts(Json.read(run.path().resolve(RunFolder.ENVIRONMENT), JsonObject.class)),
        ifThere(run.path().resolve(RunFolder.GRADIENT_CHECK), Check.class),
        Files.exists(metrics) ? MetricsHistory.read(metrics) : MetricsHistory.NONE,
        ifThere(run.path().resolve(RunFolder.SUMMARY), Summary.class),
        failure(run.path().resolve(RunFolder.FAILURE)));
  }

  private static Map<String, String> configuration(Path file) throws IOException {
    try (Reader text = Files.newBufferedReader(file)) {
      return PropertiesText.read(text);
    }
  }

  private static <T> Optional<T> ifThere(Path file, Class<T> type) throws IOException {
    return Files.exists(file) ? Optional.of(Json.read(file, type)) : Optional.empty();
  }

  private static Optional<String> failure(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private static Map<String, String> facts(JsonObject json) {
    Map<String, String> facts = new LinkedHashMap<>();
    json.entrySet().forEach(fact -> facts.put(fact.getKey(), text(fact.getValue())));
    return facts;
  }

  /** A list is a command line. */
  private static String text(JsonElement value) {
    if (value instanceof JsonArray words) {
      return StreamSupport.stream(words.spliterator(), false)
          .map(RunFiles::text)
          .collect(Collectors.joining(" "));
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static void requireAll(Object... values) {
    for (Object value : values) {
      if (value == null) {
        throw new IllegalArgumentException("a value is missing");
      }
    }
  }
}
