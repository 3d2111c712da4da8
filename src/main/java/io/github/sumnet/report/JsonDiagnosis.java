package io.github.sumnet.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.sumnet.device.CpuFacts;
import io.github.sumnet.device.DeviceProblem;
import io.github.sumnet.device.Diagnosis;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.device.cuda.CudaDevice;
import io.github.sumnet.device.cuda.CudaFacts;
import io.github.sumnet.device.cuda.LibraryState;
import io.github.sumnet.opencl.OpenClDevice;
import io.github.sumnet.opencl.OpenClFacts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A diagnosis for programs: one JSON document. What is unknown is null or left out. */
public final class JsonDiagnosis implements DiagnosisFormat {
  private static final int SCHEMA = 1;

  @Override
  public String format(Diagnosis diagnosis) {
    JsonObject json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    json.addProperty("verdict", diagnosis.verdict());
    json.addProperty("sumnet", diagnosis.sumnet());
    json.addProperty("nd4j", diagnosis.nd4j());
    json.add("host", host(diagnosis.host()));
    json.add("cpu", cpu(diagnosis.cpu()));
    json.add("cuda", cuda(diagnosis));
    json.add("opencl", openCl(diagnosis));
    json.add("problems", array(diagnosis.problems(), JsonDiagnosis::problem));
    return Json.write(json);
  }

  private static JsonObject host(HostFacts host) {
    JsonObject json = new JsonObject();
    json.addProperty("operatingSystem", host.operatingSystem());
    json.addProperty("architecture", host.architecture());
    json.addProperty("cores", host.cores());
    json.addProperty("memoryBytes", host.memoryBytes());
    json.addProperty("jdk", host.jdk());
    return json;
  }

  private static JsonObject cpu(CpuFacts cpu) {
    JsonObject json = new JsonObject();
    json.addProperty("works", cpu.works());
    json.addProperty("detail", cpu.detail());
    json.addProperty("blas", cpu.blas());
    json.addProperty("blasThreads", cpu.blasThreads());
    json.addProperty("ompThreads", cpu.ompThreads());
    return json;
  }

  private static JsonObject cuda(Diagnosis diagnosis) {
    CudaFacts cuda = diagnosis.cuda();
    JsonObject json = new JsonObject();
    json.addProperty("usable", diagnosis.problems().isEmpty());
    json.addProperty("verifiedOnGpu", false);
    json.addProperty("platform", cuda.platform());
    json.addProperty("inBuild", cuda.backend());
    json.addProperty("nativesInBuild", cuda.natives());
    json.addProperty("kernelDriver", cuda.driver().moduleVersion().orElse(null));
    json.add("driverLibrary", state(cuda.driver().library()));
    JsonObject libraries = new JsonObject();
    cuda.libraries().forEach((name, state) -> libraries.add(cuda.fileName(name), state(state)));
    json.add("libraries", libraries);
    cuda.answer()
        .ifPresent(
            answer -> {
              json.addProperty("returnCode", answer.code());
              json.addProperty("returnCodeName", answer.codeName());
              json.addProperty("driverSupportsCuda", answer.driverCuda());
            });
    json.add("devices", array(cuda.devices(), JsonDiagnosis::device));
    cuda.failure().ifPresent(failure -> json.addProperty("failure", failure));
    return json;
  }

  private static JsonObject state(LibraryState state) {
    JsonObject json = new JsonObject();
    json.addProperty("status", state.status().name().toLowerCase(Locale.ROOT));
    json.addProperty("detail", state.detail());
    return json;
  }

  private static JsonObject device(CudaDevice device) {
    JsonObject json = new JsonObject();
    json.addProperty("index", device.index());
    json.addProperty("name", device.name());
    json.addProperty("computeCapability", device.computeCapability().toString());
    json.addProperty("memoryBytes", device.memoryBytes());
    json.addProperty("supported", device.computeCapability().runsNd4j());
    return json;
  }

  private static JsonObject openCl(Diagnosis diagnosis) {
    OpenClFacts openCl = diagnosis.openCl();
    JsonObject json = new JsonObject();
    json.addProperty("usable", openCl.devices().stream().anyMatch(OpenClDevice::usable));
    json.addProperty("verifiedOnGpu", false);
    json.addProperty("library", openCl.library());
    json.addProperty("loader", openCl.loader());
    json.add("platforms", array(openCl.platforms(), JsonPrimitive::new));
    json.add("devices", array(openCl.devices(), each -> device(each, diagnosis.openClGpu())));
    json.add("problems", array(diagnosis.openClProblems(), JsonDiagnosis::problem));
    openCl.failure().ifPresent(failure -> json.addProperty("failure", failure));
    return json;
  }

  private static JsonObject device(OpenClDevice device, Optional<OpenClDevice> taken) {
    JsonObject json = new JsonObject();
    json.addProperty("number", device.number());
    json.addProperty("name", device.name());
    json.addProperty("vendor", device.vendor());
    json.addProperty("kind", device.kind().name().toLowerCase(Locale.ROOT));
    json.addProperty("platform", device.platform());
    json.addProperty("driver", device.driver());
    json.addProperty("version", device.version());
    json.addProperty("computeUnits", device.computeUnits());
    json.addProperty("memoryBytes", device.memoryBytes());
    json.addProperty("largestBufferBytes", device.largestBufferBytes());
    json.addProperty("double", device.doubles());
    json.addProperty("exactDivision", device.exactDivision());
    json.addProperty("subnormals", device.subnormals());
    json.addProperty("usable", device.usable());
    json.addProperty("takenByAuto", taken.equals(Optional.of(device)));
    return json;
  }

  private static JsonObject problem(DeviceProblem problem) {
    JsonObject json = new JsonObject();
    json.addProperty("id", problem.id());
    json.addProperty("summary", problem.summary());
    json.addProperty("fix", problem.fix());
    return json;
  }

  private static <T> JsonArray array(List<T> values, Function<T, JsonElement> toJson) {
    JsonArray array = new JsonArray();
    values.stream().map(toJson).forEach(array::add);
    return array;
  }
}
