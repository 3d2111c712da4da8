package io.github.sumnet.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.Printable;
import io.github.sumnet.data.file.Fingerprint;
import io.github.sumnet.device.DeviceRequest;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Records as JSON and back; enum constants and devices that were asked for by their printed names,
 * a {@link Message} as an object whose only key is the message's name.
 */
public final class BenchJson {
  /** Grows whenever a reader of the version before would misunderstand what is written. */
  public static final int SCHEMA_VERSION = 1;

  private static final String VERSION_KEY = "schemaVersion";

  private static final String CHECKSUM_KEY = "sha256";

  private static final Gson LINE =
      new GsonBuilder()
          .registerTypeHierarchyAdapter(Enum.class, printed())
          .registerTypeHierarchyAdapter(
              Enum.class,
              (JsonDeserializer<Object>)
                  (json, type, context) ->
                      named(
                          json.getAsString(),
                          Arrays.asList(((Class<?>) type).getEnumConstants()),
                          Object::toString))
          .registerTypeAdapter(DeviceRequest.class, printed())
          .registerTypeAdapter(
              DeviceRequest.class,
              (JsonDeserializer<DeviceRequest>)
                  (json, type, context) -> DeviceRequest.parse(json.getAsString()))
          .registerTypeAdapter(
              Message.class,
              (JsonSerializer<Message>)
                  (message, type, context) -> {
                    JsonObject json = new JsonObject();
                    json.add(name(message.getClass()), context.serialize(message));
                    return json;
                  })
          .registerTypeAdapter(Message.class, (JsonDeserializer<Message>) BenchJson::message)
          .disableHtmlEscaping()
          .create();
  private static final Gson DOCUMENT =
      LINE.newBuilder().setPrettyPrinting().serializeNulls().create();

  private BenchJson() {}

  /**
   * A record as a tree, in which what is unknown is null, and last the SHA-256 of the rest: of its
   * text without blanks.
   */
  public static JsonObject withChecksum(Record value) {
    return withChecksum(DOCUMENT, value);
  }

  /** What {@link #withChecksum(Record)} returns, in many lines, for people too. */
  public static String document(Record value) {
    return DOCUMENT.toJson(withChecksum(value));
  }

  /** A line for {@link #parseChecked} to read; without what is null. */
  public static String checkedLine(Record value) {
    return LINE.toJson(withChecksum(LINE, value));
  }

  private static JsonObject withChecksum(Gson gson, Record value) {
    JsonObject tree = gson.toJsonTree(value).getAsJsonObject();
    tree.addProperty(CHECKSUM_KEY, sha256(tree));
    return tree;
  }

  private static String sha256(JsonObject tree) {
    return Fingerprint.sha256(tree.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a record that has a checksum. One without is from before there were any, as long as there
   * is nothing else in it that the record does not have.
   *
   * @param place the file, and the line if there are many
   * @throws DataException if it is none, or its content is not that of its checksum
   */
  public static <T extends Record> T parseChecked(String place, String text, Class<T> type) {
    try {
      JsonObject tree = parse(text, JsonObject.class);
      if (names(type).contains(VERSION_KEY)) {
        requireVersion(place, tree.get(VERSION_KEY));
      }
      JsonElement checksum = tree.remove(CHECKSUM_KEY);
      if (checksum == null
          ? !names(type).containsAll(tree.keySet())
          : !checksum.equals(new JsonPrimitive(sha256(tree)))) {
        throw new JsonParseException(
            "its content does not match its checksum: it was damaged or changed");
      }
      return read(() -> LINE.fromJson(tree, type));
    } catch (JsonParseException malformed) {
      throw new DataException(
          place + ": expected what 'sumnet bench' writes, but: " + malformed.getMessage(),
          malformed);
    }
  }

  private static Set<String> names(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toSet());
  }

  /**
   * One line without what is null.
   *
   * @param type what it is read back as
   */
  public static <T> String line(T value, Class<T> type) {
    return LINE.toJson(value, type);
  }

  /**
   * Reads a value.
   *
   * @throws JsonParseException if the text is none of this type; the message says why
   */
  public static <T> T parse(String text, Class<T> type) {
    return read(() -> LINE.fromJson(text, type));
  }

  private static <T> T read(Supplier<T> parser) {
    T value;
    try {
      value = parser.get();
    } catch (RuntimeException failure) {
      throw new JsonParseException(reason(failure), failure);
    }
    if (value == null) {
      throw new JsonParseException("there is nothing in it");
    }
    return value;
  }

  /**
   * In one line: Gson wraps what a record's constructor and a reader throw, names its own classes,
   * and adds where to read on.
   */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof NullPointerException) {
      return "a value is missing";
    }
    String first = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return Printable.line(first.replaceAll("a com\\.google\\.gson\\.Json(\\w+)", "a JSON $1"));
  }

  /** Refuses any version but this one's. */
  private static void requireVersion(String place, JsonElement version) {
    if (!(version instanceof JsonPrimitive number)
        || !number.isNumber()
        || !number.getAsString().matches("\\d{1,9}")) {
      throw new DataException(
          place + ": no " + VERSION_KEY + "; expected a file that 'sumnet bench' wrote");
    }
    int found = number.getAsInt();
    if (found != SCHEMA_VERSION) {
      throw new DataException(
          place
              + ": schema version "
              + found
              + ", but this sumnet reads version "
              + SCHEMA_VERSION
              + (found > SCHEMA_VERSION
                  ? "; a newer sumnet wrote it, use that one"
                  : "; measure again"));
    }
  }

  private static JsonSerializer<Object> printed() {
    return (value, type, context) -> new JsonPrimitive(value.toString());
  }

  private static Message message(JsonElement json, Type type, JsonDeserializationContext context) {
    JsonObject object = json.getAsJsonObject();
    String name = object.keySet().stream().findFirst().orElse("");
    List<Class<?>> types = List.of(Message.class.getPermittedSubclasses());
    return context.deserialize(object.get(name), named(name, types, BenchJson::name));
  }

  private static String name(Class<?> message) {
    String name = message.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static <T> T named(String name, List<T> all, Function<T, String> nameOf) {
    return all.stream()
        .filter(each -> nameOf.apply(each).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new JsonParseException(
                    "'" + name + "' is none of " + all.stream().map(nameOf).toList()));
  }
}
