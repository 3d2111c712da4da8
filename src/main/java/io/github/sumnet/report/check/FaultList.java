package io.github.sumnet.report.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.sumnet.gradcheck.fault.Mutant;
import io.github.sumnet.report.document.Json;
import java.util.Locale;

/** The faults that can be planted to see what the check says of them. */
public final class FaultList {
  private FaultList() {}

  /** A line for each: its name, the first stage that it makes wrong, and what is wrong. */
  public static String text() {
    StringBuilder text = new StringBuilder();
    for (Mutant mutant : Mutant.values()) {
      text.append(
          String.format(
              Locale.ROOT, "%-26s %-18s %s%n", mutant, mutant.stage(), mutant.description()));
    }
    return text.toString();
  }

  /** The list as a JSON array of objects. */
  public static String json() {
    JsonArray faults = new JsonArray();
    for (Mutant mutant : Mutant.values()) {
      JsonObject fault = new JsonObject();
      fault.addProperty("name", mutant.toString());
      fault.addProperty("stage", mutant.stage().toString());
      fault.addProperty("fault", mutant.description());
      faults.add(fault);
    }
    return Json.write(faults) + System.lineSeparator();
  }
}
