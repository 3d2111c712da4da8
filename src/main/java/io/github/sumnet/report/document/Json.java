package io.github.sumnet.report.document;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How this project writes JSON, and reads it back: records with their components' names, in their
 * order. Null is written as null and means unknown; an empty {@link Optional} is left out. Numbers
 * that JSON does not have, NaN and the infinities, are null. Enum constants, files and decimals are
 * the strings that they print themselves as.
 */
public final class Json {
  private static final List<Class<?>> PRINTED = List.of(Enum.class, Path.class, BigDecimal.class);

  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeAdapterFactory(new Optionals())
          .registerTypeAdapterFactory(new Printed())
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

  /** For types that are written and never read. */
  private abstract static class Writer<T> extends TypeAdapter<T> {
    @Override
    public T read(JsonReader in) {
      throw new UnsupportedOperationException("these documents are written only");
    }
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

  private static final class Printed implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (PRINTED.stream().noneMatch(each -> each.isAssignableFrom(type.getRawType()))) {
        return null;
      }
      return new Writer<T>() {
        @Override
        public void write(JsonWriter out, T value) throws IOException {
          out.value(value == null ? null : value.toString());
        }
      };
    }
  }

  private static final class Optionals implements TypeAdapterFactory {
    @Override
    @SuppressWarnings("unchecked") // an Optional's adapter is asked for Optionals
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (type.getRawType() != Optional.class) {
        return null;
      }
      TypeAdapter<Object> content =
          (TypeAdapter<Object>)
              gson.getAdapter(
                  TypeToken.get(((ParameterizedType) type.getType()).getActualTypeArguments()[0]));
      return (TypeAdapter<T>)
          new Writer<Optional<Object>>() {
            @Override
            public void write(JsonWriter out, Optional<Object> value) throws IOException {
              if (value.isPresent()) {
                content.write(out, value.get());
              } else {
                // Gson drops a name whose value is null as long as nulls are not written.
                out.setSerializeNulls(false);
                out.nullValue();
                out.setSerializeNulls(true);
              }
            }
          };
    }
  }
}
