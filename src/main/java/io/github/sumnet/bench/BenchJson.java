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
import io.github.sumnet.device.DeviceRequest;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Records as JSON and back; enum constants and devices that were asked for by their printed names,
 * a {@link Message} as an object whose only key is the message's name.
 */
public final class BenchJson {
  /** Grows whenever a reader of the version before would misunderstand what is written. */
  public static final int SCHEMA_VERSION = 1;

  public static final String VERSION_KEY = "schemaVersion";

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

  /** What {@link #document} prints, to be a part of something else. */
  public static JsonElement tree(Object value) {
    return DOCUMENT.toJsonTree(value);
  }

  /** Many lines, for people too; what is unknown is null. */
  public static String document(Object value) {
    return DOCUMENT.toJson(value);
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
    T value;
    try {
      value = LINE.fromJson(text, type);
    } catch (RuntimeException failure) {
      throw new JsonParseException(reason(failure), failure);
    }
    if (value == null) {
      throw new JsonParseException("there is nothing in it");
    }
    return value;
  }

  /** Gson wraps what a record's constructor and a reader throw, and names its own classes. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof NullPointerException
        ? "a value is missing"
        : String.valueOf(root.getMessage())
            .replaceAll("a com\\.google\\.gson\\.Json(\\w+)", "a JSON $1");
  }

  /** Refuses any version but this one's. */
  public static void requireVersion(String place, JsonElement version) {
    if (!(version instanceof JsonPrimitive number) || !number.isNumber()) {
      throw new BenchFileException(
          place + ": no " + VERSION_KEY + "; expected a file that 'sumnet bench' wrote");
    }
    if (number.getAsInt() != SCHEMA_VERSION) {
      throw new BenchFileException(
          place
              + ": schema version "
              + number.getAsString()
              + ", but this sumnet reads version "
              + SCHEMA_VERSION
              + (number.getAsInt() > SCHEMA_VERSION
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
