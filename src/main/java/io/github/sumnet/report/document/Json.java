package io.github.sumnet.report.document;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How this project writes JSON, and reads it back: records with their components' names, in their
 * order. Null is written as null and means unknown; an empty {@link Optional} is left out. Numbers
 * that JSON does not have, NaN and the infinities, are null. Enum constants, files and decimals are
 * the strings that they print themselves as.
 */
public final class Json {
  private static final JsonSerializer<Object> PRINTED =
      (value, type, context) -> new JsonPrimitive(value.toString());

  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeHierarchyAdapter(Enum.class, PRINTED)
          .registerTypeHierarchyAdapter(Path.class, PRINTED)
          .registerTypeHierarchyAdapter(BigDecimal.class, PRINTED)
          .registerTypeHierarchyAdapter(Optional.class, new Optionals())
          .registerTypeAdapter(double.class, new Finite())
          .registerTypeAdapter(Double.class, new Finite())
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeNulls()
          .create();

  private Json() {}

  public static String write(Object document) {
    return GSON.toJson(document);
  }

  /**
   * Reads a document.
   *
   * @param type what is made of it; what it has more than that is left out
   * @throws RuntimeException if the text is no such document
   */
  public static <T> T parse(String text, Class<T> type) {
    return Objects.requireNonNull(GSON.fromJson(text, type));
  }

  /** What is no finite number comes back as NaN. */
  private static final class Finite extends TypeAdapter<Double> {
    @Override
    public Double read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return Double.NaN;
      }
      return in.nextDouble();
    }

    @Override
    public void write(JsonWriter out, Double value) throws IOException {
      if (value == null || !Double.isFinite(value)) {
        out.nullValue();
      } else {
        out.value(value);
      }
    }
  }

  private static final class Optionals extends TypeAdapter<Optional<?>> {
    @Override
    public Optional<?> read(JsonReader in) {
      throw new UnsupportedOperationException("these documents are written only");
    }

    @Override
    public void write(JsonWriter out, Optional<?> value) throws IOException {
      if (value.isPresent()) {
        GSON.toJson(value.get(), value.get().getClass(), out);
      } else {
        // Gson drops a name whose value is null as long as nulls are not written.
        out.setSerializeNulls(false);
        out.nullValue();
        out.setSerializeNulls(true);
      }
    }
  }
}
