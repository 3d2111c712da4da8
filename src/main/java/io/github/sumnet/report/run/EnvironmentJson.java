package io.github.sumnet.report.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.sumnet.device.DeviceSelection;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.device.Nd4jVersion;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.report.document.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Where, when and how a run was made, as JSON. */
public final class EnvironmentJson {
  private EnvironmentJson() {}

  /**
   * The environment of a run.
   *
   * @param version sumnet's
   * @param arguments the command line
   * @param resumedFrom the checkpoint that the run goes on from, or null
   */
  public static String of(
      String version,
      List<String> arguments,
      Instant start,
      HostFacts host,
      DeviceSelection device,
      EngineSpec engine,
      Path resumedFrom) {
    JsonObject json = new JsonObject();
    json.addProperty("sumnet", version);
    json.addProperty("nd4j", Nd4jVersion.current());
    JsonArray command = new JsonArray();
    arguments.forEach(command::add);
    json.add("arguments", command);
    json.addProperty("start", start.toString());
    json.addProperty("operatingSystem", host.operatingSystem());
    json.addProperty("architecture", host.architecture());
    json.addProperty("cores", host.cores());
    json.addProperty("memoryBytes", host.memoryBytes());
    json.addProperty("jdk", host.jdk());
    json.addProperty("device", device.device().toString());
    json.addProperty("deviceReason", device.reason());
    device.openCl().ifPresent(openCl -> addOpenCl(json, openCl));
    json.addProperty("engine", engine.type().toString());
    json.addProperty("precision", engine.precision().toString());
    json.addProperty("threads", engine.threads());
    if (resumedFrom != null) {
      json.addProperty("resumedFrom", resumedFrom.toString());
    }
    return Json.write(json);
  }

  private static void addOpenCl(JsonObject json, OpenClDevice device) {
    json.addProperty("deviceNumber", device.number());
    json.addProperty("deviceName", device.name());
    json.addProperty("devicePlatform", device.platform());
    json.addProperty("deviceDriver", device.driver());
  }
}
