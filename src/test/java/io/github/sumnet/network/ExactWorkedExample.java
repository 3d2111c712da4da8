package io.github.sumnet.network;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The worked example's exact values, from decimal arithmetic with 60 digits. */
public final class ExactWorkedExample {
  private static final JsonObject ALL = read();
  private static final JsonObject EXACT = ALL.getAsJsonObject("exact");

  private ExactWorkedExample() {}

  /** Inputs, exact values in 30 decimals, and what the document prints, all as strings. */
  public static JsonObject json() {
    return ALL;
  }

  /** A value by its name, such as "loss" or "a1", rounded to double. */
  public static double value(String name) {
    return EXACT.get(name).getAsDouble();
  }

  public static Weights gradient() {
    return weights("gradient");
  }

  /** The weights after one step at the example's learning rate. */
  public static Weights updated() {
    return weights("updated");
  }

  private static Weights weights(String group) {
    JsonObject values = EXACT.getAsJsonObject(group);
    return Weights.of(
        Topology.DEFAULT,
        Topology.DEFAULT.weightNames().stream()
            .mapToDouble(name -> values.get(name).getAsDouble())
            .toArray());
  }

  private static JsonObject read() {
    try (Reader reader =
        new InputStreamReader(
            ExactWorkedExample.class.getResourceAsStream("/worked-example.json"),
            StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
