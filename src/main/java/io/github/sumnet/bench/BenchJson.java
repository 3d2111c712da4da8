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

/**
 * Records as JSON and back; enum constants and devices that were asked for by their printed names.
 */
public final class BenchJson {
  /** Grows whenever a reader of the version before would misunderstand what is written. */
  public static final int SCHEMA_VERSION = 1;

  public static final String VERSION_KEY = "schemaVersion";

  private static final Gson LINE =
      new GsonBuilder()
          .registerTypeAdapterFactory(new PrintedNames())
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

  /** One line without what is null. */
  public static String line(Object value) {
    return LINE.toJson(value);
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
