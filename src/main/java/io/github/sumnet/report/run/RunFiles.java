package io.github.sumnet.report.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.data.file.PropertiesText;
import io.github.sumnet.data.file.UnusableFileException;
import io.github.sumnet.report.check.ShellWord;
import io.github.sumnet.report.document.Json;
import io.github.sumnet.train.run.RunFolder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  /** The facts of an environment that a page is not written without. */
  private static final List<String> NEEDED = List.of("engine", "device", "precision");

  private static final String HIDDEN = "hidden";

  /**
   * A gradient check.
   *
   * @param summary its verdict and figures in a sentence; null in runs of versions that wrote none
   */
  record Check(String summary, List<Design> designs) {
    Check {
      designs = List.copyOf(designs);
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
      stages = List.copyOf(stages);
    }
  }

  /**
   * One kind of values of a design.
   *
   * @param worstErrorOverBound NaN if it is not finite
   */
  record Stage(
      String stage, Long checked, Long failed, Long inconclusive, Double worstErrorOverBound) {
    Stage {
      requireAll(stage, checked, failed, inconclusive, worstErrorOverBound);
    }
  }

  /**
   * What a run came to.
   *
   * @param learned how well it learned, in sentences; null in runs of versions that wrote none
   * @param finalLoss half mean squared error on held-out samples
   */
  record Summary(
      String learned,
      Double finalLoss,
      Double rmse,
      Double samplesPerSecond,
      Long steps,
      Long samples,
      Long totalSteps,
      Long totalSamples,
      String stopReason,
      Double secondsTraining) {
    Summary {
      requireAll(finalLoss, rmse, samplesPerSecond, steps, samples, totalSteps, totalSamples);
      requireAll(stopReason, secondsTraining);
    }
  }

  /**
   * Reads what there is.
   *
   * @throws UnusableFileException if a file cannot be read
   * @throws DataException if one is missing that every run has, or holds something else
   */
  public static RunFiles read(RunFolder run) {
    Path folder = run.path();
    return new RunFiles(
        needed(folder.resolve(RunFolder.CONFIGURATION), RunFiles::configuration),
        needed(folder.resolve(RunFolder.ENVIRONMENT), file -> facts(json(file, JsonObject.class))),
        ifThere(folder.resolve(RunFolder.GRADIENT_CHECK), file -> json(file, Check.class)),
        ifThere(folder.resolve(RunFolder.METRICS), MetricsHistory::read)
            .orElse(MetricsHistory.NONE),
        ifThere(folder.resolve(RunFolder.SUMMARY), file -> json(file, Summary.class)),
        ifThere(folder.resolve(RunFolder.FAILURE), Files::readString));
  }

  /** Makes something of a file's content; a RuntimeException says that it is none. */
  private interface Parser<T> {
    T parse(Path file) throws IOException;
  }

  private static <T> T needed(Path file, Parser<T> parser) {
    return ifThere(file, parser)
        .orElseThrow(() -> new DataException(file + " is missing: every run writes one"));
  }

  private static <T> Optional<T> ifThere(Path file, Parser<T> parser) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(file));
    } catch (IOException failure) {
      throw unread(file, failure);
    } catch (UncheckedIOException failure) {
      throw unread(file, failure.getCause());
    } catch (RuntimeException malformed) {
      throw damaged(file, malformed);
    }
  }

  private static RuntimeException unread(Path file, IOException failure) {
    return failure instanceof CharacterCodingException
        ? damaged(file, failure)
        : new UnusableFileException(
            "RUN: cannot read " + file + ": " + FileFailure.cause(failure), failure);
  }

  private static DataException damaged(Path file, Exception malformed) {
    return new DataException(
        file + " was damaged or changed: it is not what sumnet writes there", malformed);
  }

  private static <T> T json(Path file, Class<T> type) throws IOException {
    return Json.parse(Files.readString(file), type);
  }

  private static Map<String, String> configuration(Path file) throws IOException {
    String text = Files.readString(file);
    Map<String, String> options;
    try {
      options = PropertiesText.read(new StringReader(text));
    } catch (IOException malformed) {
      throw new IllegalArgumentException(malformed);
    }
    requireAll(options.get(HIDDEN));
    return options;
  }

  private static Map<String, String> facts(JsonObject json) {
    Map<String, String> facts = new LinkedHashMap<>();
    json.entrySet().stream()
        .filter(fact -> !fact.getValue().isJsonNull())
        .forEach(fact -> facts.put(fact.getKey(), text(fact.getValue())));
    NEEDED.forEach(fact -> requireAll(facts.get(fact)));
    return facts;
  }

  /** A list is a command line. */
  private static String text(JsonElement value) {
    return value instanceof JsonArray words
        ? StreamSupport.stream(words.spliterator(), false)
            .map(word -> ShellWord.of(word.getAsString()))
            .collect(Collectors.joining(" "))
        : value.getAsString();
  }

  private static void requireAll(Object... values) {
    Stream.of(values).forEach(Objects::requireNonNull);
  }

  /** The network and what trained it, in words. */
  String subject() {
    String number = environment.get("deviceNumber");
    return "A 2-%s-1 network, trained by %s on %s in %s."
        .formatted(
            configuration.get(HIDDEN),
            environment.get("engine"),
            environment.get("device") + (number == null ? "" : ":" + number),
            environment.get("precision"));
  }
}
