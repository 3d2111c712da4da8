package io.github.sumnet.train;

import io.github.sumnet.data.Count;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.Printable;
import io.github.sumnet.data.file.AtomicFile;
import io.github.sumnet.data.file.PropertiesText;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Dl4jModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A model that training can go on from: a zip that any DL4J program opens, and in it, under
 * sumnet/, the plan, the position, where it came from, and a checksum of every other entry.
 *
 * <p>What is read is not trusted: {@link CheckpointZip} bounds and verifies it before anything is
 * made of it, DL4J's own loader, which deserialises Java objects, is never called, and the network
 * is built from the plan.
 *
 * @param file where it was read from
 * @param plan the run that it is of
 * @param position where training had come to
 * @param inputs where the inputs lie that were trained on; null where an older one does not say
 * @param provenance what made it, as JSON
 * @param coefficients the weights, as DL4J wrote them
 * @param updaterState the updater's state likewise; empty if there is none
 * @param sumsInLine whether it is from before chunks were added along a tree: training goes on, but
 *     in other last bits than it would have then
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Checkpoint(
    Path file,
    RunPlan plan,
    Position position,
    InputBounds inputs,
    String provenance,
    byte[] coefficients,
    byte[] updaterState,
    boolean sumsInLine) {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final String UPDATER_STATE = "updaterState.bin";
  private static final String PLAN = "sumnet/plan.properties";
  private static final String POSITION = "sumnet/position.properties";
  private static final String PROVENANCE = "sumnet/provenance.json";

  /** How a step's chunks are added: along a tree; where it is not said, one after another. */
  private static final String SUM = "sum";

  private static final String TREE = "tree";

  /**
   * Writes a checkpoint under its name only when it is whole.
   *
   * @throws IOException if it cannot be written; an older file of that name is then still there
   */
  public static void write(
      Path file,
      Dl4jModel model,
      RunPlan plan,
      Position position,
      InputBounds inputs,
      String provenance)
      throws IOException {
    Map<String, byte[]> entries = dl4jEntries(model);
    entries.put(PLAN, text(plan.properties()));
    Map<String, String> where = properties(position);
    where.putAll(properties(inputs));
    entries.put(POSITION, text(where));
    entries.put(PROVENANCE, provenance.getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(file, CheckpointZip.write(entries));
  }

  /**
   * Reads a checkpoint.
   *
   * @throws DataException if the file is not a whole, unaltered checkpoint
   */
  public static Checkpoint read(Path file) {
    Map<String, byte[]> entries = CheckpointZip.read(file);
    for (String needed : new String[] {CONFIGURATION, COEFFICIENTS, PLAN, POSITION, PROVENANCE}) {
      if (!entries.containsKey(needed)) {
        throw new DataException(
            file + " is not a checkpoint of sumnet: it has no entry '" + needed + "'");
      }
    }
    Map<String, String> position = parse(file, entries.get(POSITION));
    RunPlan plan = plan(file, entries.get(PLAN));
    return new Checkpoint(
        file,
        plan,
        position(file, position),
        inputs(file, plan, position),
        new String(entries.get(PROVENANCE), StandardCharsets.UTF_8),
        entries.get(COEFFICIENTS),
        entries.getOrDefault(UPDATER_STATE, new byte[0]),
        !position.containsKey(SUM));
  }

  /**
   * Puts the model where it was when the checkpoint was written.
   *
   * @throws DataException if it is a checkpoint of another network
   */
  public void restore(Dl4jModel model) {
    try {
      long lastStep = Math.max(0, position.step() - 1);
      model.restore(
          coefficients,
          updaterState,
          Math.toIntExact(position.step()),
          Math.toIntExact(plan.training().slicing().epoch(lastStep)));
    } catch (IllegalArgumentException mismatch) {
      throw new DataException(
          "%s does not fit a %s network in %s: %s"
              .formatted(file, model.topology(), model.precision(), mismatch.getMessage()),
          mismatch);
    }
    if (!model.weights().isFinite()) {
      throw new DataException(file + " holds weights that are not finite");
    }
  }

  /** What the user should know before its run goes on: up to three chunks, both sums are one. */
  public List<String> warnings() {
    return sumsInLine && plan.training().slicing().chunks(0) > 3
        ? List.of(
            file
                + " was written when the chunks of a step were added one after another; they are"
                + " added along a tree now, so the run goes on in other last bits")
        : List.of();
  }

  /**
   * Refuses to go on where a run has ended: that would leave a folder and nothing new in it.
   *
   * @param next the plan of the run that is to go on
   * @throws OptionException if it ends where this one did
   */
  public void requireMoreToDo(TrainingPlan next) {
    long stepsPerEpoch = next.slicing().stepsPerEpoch();
    StopReason ended = next.stop().reached(position, stepsPerEpoch, position.secondsTraining());
    if (ended == StopReason.STEP_LIMIT) {
      throw new OptionException(
          String.format(
              Locale.ROOT,
              "--resume: the run of %s has come to step %d, and DL4J counts no further; begin another"
                  + " run, with a larger --batch-size if it is to see more samples",
              file,
              position.step()));
    }
    if (ended != null) {
      throw new OptionException(
          String.format(
              Locale.ROOT,
              "--resume: the run of %s has ended by %s: it has come to step %d, %s to an epoch,"
                  + " in %.1f s of training; raise --%s, which counts from the beginning",
              file,
              ended,
              position.step(),
              Count.of(stepsPerEpoch, "step"),
              position.secondsTraining(),
              ended));
    }
  }

  private static Map<String, byte[]> dl4jEntries(Dl4jModel model) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    model.write(zipped);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static RunPlan plan(Path file, byte[] text) {
    try {
      return RunPlan.of(parse(file, text), Device.CPU);
    } catch (IllegalArgumentException invalid) {
      throw new DataException(
          file + " holds no valid plan: " + Printable.line(invalid.getMessage()), invalid);
    }
  }

  private static Map<String, String> properties(Position position) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("step", Long.toString(position.step()));
    properties.put("best-loss", Double.toString(position.bestLoss()));
    properties.put("evaluations-since-best", Integer.toString(position.evaluationsSinceBest()));
    properties.put("seconds-training", Double.toString(position.secondsTraining()));
    properties.put(SUM, TREE);
    return properties;
  }

  private static Position position(Path file, Map<String, String> properties) {
    try {
      Position position =
          new Position(
              Long.parseLong(properties.get("step")),
              Double.parseDouble(properties.get("best-loss")),
              Integer.parseInt(properties.get("evaluations-since-best")),
              Double.parseDouble(properties.get("seconds-training")));
      if (!isPossible(position) || !properties.getOrDefault(SUM, TREE).equals(TREE)) {
        throw new NumberFormatException("impossible: " + position);
      }
      return position;
    } catch (NullPointerException | NumberFormatException malformed) {
      throw notAPosition(file, properties, malformed);
    }
  }

  private static DataException notAPosition(
      Path file, Map<String, String> properties, RuntimeException malformed) {
    return new DataException(
        "%s: '%s' is not the position of a run: %s"
            .formatted(file, POSITION, Printable.line(properties.toString())),
        malformed);
  }

  private static Map<String, String> properties(InputBounds inputs) {
    return Map.of(
        "x1-low", Double.toString(inputs.x1Low()),
        "x1-high", Double.toString(inputs.x1High()),
        "x2-low", Double.toString(inputs.x2Low()),
        "x2-high", Double.toString(inputs.x2High()));
  }

  private static InputBounds inputs(Path file, RunPlan plan, Map<String, String> properties) {
    if (!properties.containsKey("x1-low")) {
      return plan.files() == null ? InputBounds.of(plan.inputRange()) : null;
    }
    try {
      return new InputBounds(
          Double.parseDouble(properties.get("x1-low")),
          Double.parseDouble(properties.get("x1-high")),
          Double.parseDouble(properties.get("x2-low")),
          Double.parseDouble(properties.get("x2-high")));
    } catch (NullPointerException | NumberFormatException malformed) {
      throw notAPosition(file, properties, malformed);
    }
  }

  private static boolean isPossible(Position position) {
    return position.step() >= 0
        && position.step() <= Integer.MAX_VALUE
        && position.bestLoss() >= 0
        && position.evaluationsSinceBest() >= 0
        && position.secondsTraining() >= 0
        && position.secondsTraining() < Double.POSITIVE_INFINITY;
  }

  private static byte[] text(Map<String, String> properties) {
    return PropertiesText.write(properties).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> parse(Path file, byte[] text) {
    try {
      return PropertiesText.read(new StringReader(new String(text, StandardCharsets.UTF_8)));
    } catch (IOException malformed) {
      throw new DataException(file + " holds malformed properties", malformed);
    }
  }
}
