package io.github.sumnet.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.github.sumnet.device.DeviceRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records as JSON and back; enum constants and devices that were asked for by their printed names,
 * records of a sealed interface as an object whose only key is the record's name.
 */
public final class BenchJson {
  /** Grows whenever a reader of the version before would misunderstand what is written. */
  public static final int SCHEMA_VERSION = 1;

  public static final String VERSION_KEY = "schemaVersion";

  private static final Gson LINE =
      new GsonBuilder()
          .registerTypeAdapterFactory(new PrintedNames())
          .registerTypeAdapterFactory(new NamedRecords())
          .registerTypeAdapter(DeviceRequest.class, new OfDeviceRequest().nullSafe())
          .disableHtmlEscaping()
          .create();
  private static final Gson DOCUMENT =
      LINE.newBuilder().setPrettyPrinting().serializeNulls().create();

  private BenchJson() {}

  /** Many lines, for people too; what is unknown is null. */
  public static String document(Object value) {
    return DOCUMENT.toJson(value);
  }

  /**
   * One line without what is null.
   *
   * @param type what it is read back as; a sealed interface's record is written under its name
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

  /** Gson wraps what a record's constructor and a reader throw. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof NullPointerException ? "a value is missing" : words(root.getMessage());
  }

  /** Gson names its own classes: com.google.gson.JsonObject is an object to a reader. */
  private static String words(String message) {
    return String.valueOf(message).replaceAll("a com\\.google\\.gson\\.Json(\\w+)", "a JSON $1");
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

  private static final class PrintedNames implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      Class<? super T> raw = type.getRawType();
      return raw.isEnum() ? new PrintedName<T>(raw).nullSafe() : null;
    }
  }

  private static final class NamedRecords implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      Class<? super T> raw = type.getRawType();
      if (!raw.isSealed()) {
        return null;
      }
      Map<String, TypeAdapter<T>> records = new TreeMap<>();
      for (Class<?> each : raw.getPermittedSubclasses()) {
        records.put(name(each), adapter(gson, each));
      }
      return new NamedRecord<>(records).nullSafe();
    }

    @SuppressWarnings("unchecked") // a record of T's own interface
    private static <T> TypeAdapter<T> adapter(Gson gson, Class<?> type) {
      return (TypeAdapter<T>) gson.getAdapter(type);
    }
  }

  private static String name(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static final class NamedRecord<T> extends TypeAdapter<T> {
    private final Map<String, TypeAdapter<T>> records;

    NamedRecord(Map<String, TypeAdapter<T>> records) {
      this.records = records;
    }

    @Override
    public void write(JsonWriter out, T value) throws IOException {
      String name = name(value.getClass());
      out.beginObject().name(name);
      records.get(name).write(out, value);
      out.endObject();
    }

    @Override
    public T read(JsonReader in) throws IOException {
      in.beginObject();
      String name = in.nextName();
      if (!records.containsKey(name)) {
        throw new JsonParseException("'" + name + "' is none of " + records.keySet());
      }
      T value = records.get(name).read(in);
      in.endObject();
      return value;
    }
  }

  private static final class OfDeviceRequest extends TypeAdapter<DeviceRequest> {
    @Override
    public void write(JsonWriter out, DeviceRequest request) throws IOException {
      out.value(request.toString());
    }

    @Override
    public DeviceRequest read(JsonReader in) throws IOException {
      return DeviceRequest.parse(in.nextString());
    }
  }

  private static final class PrintedName<T> extends TypeAdapter<T> {
    private final Class<? super T> type;

    PrintedName(Class<? super T> type) {
      this.type = type;
    }

    @Override
    public void write(JsonWriter out, T constant) throws IOException {
      out.value(constant.toString());
    }

    @Override
    @SuppressWarnings("unchecked") // the constants of T's own class
    public T read(JsonReader in) throws IOException {
      String name = in.nextString();
      Object[] constants = type.getEnumConstants();
      return (T)
          Arrays.stream(constants)
              .filter(constant -> constant.toString().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new JsonParseException(
                          "'" + name + "' is none of " + Arrays.toString(constants)));
    }
  }
}
