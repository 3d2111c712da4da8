package io.github.sumnet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.device.CpuFacts;
import io.github.sumnet.device.Diagnosis;
import io.github.sumnet.device.HostFacts;
import io.github.sumnet.device.OpenClMachines;
import io.github.sumnet.device.cuda.CudaFacts;
import io.github.sumnet.device.cuda.Facts;
import io.github.sumnet.device.opencl.OpenClFacts;
import io.github.sumnet.report.document.OutputFormat;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosisReportTest {
  private static final Diagnosis AMPERE = diagnosis(Facts.working(Facts.gpu(0, 8, 6)));
  private static final Diagnosis HOPPER = diagnosis(Facts.working(Facts.gpu(0, 9, 0)));
  private static final Diagnosis PLAIN =
      diagnosis(Facts.cpuBuild("linux-x86_64", Optional.empty()));

  @Test
  void text_ends_with_what_was_never_tried() {
    assertThat(OutputFormat.TEXT.of(new DiagnosisReport(AMPERE)))
        .startsWith("CPU and CUDA: Card 0, compute capability 8.6, 24.0 GiB")
        .doesNotContain("What keeps CUDA")
        .endsWith("not verified on a GPU: the project never had one to run it on.\n");
  }

  @Test
  void text_numbers_the_problems_each_with_its_fix() {
    String problem =
        "ND4J 1.0.0-M2.1's CUDA binaries hold no code for Card 0 (GPU 0, compute capability 9.0)";
    String text = OutputFormat.TEXT.of(new DiagnosisReport(HOPPER));

    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    assertThat(unwrapped(text))
        .contains(
            "CPU only: " + problem,
            "1. " + problem + ". ",
            "GPU 0 Card 0, compute capability 9.0 (not supported), 24.0 GiB");
  }

  @Test
  void text_of_a_build_without_cuda_does_not_list_libraries() {
    assertThat(OutputFormat.TEXT.of(new DiagnosisReport(PLAIN)))
        .startsWith("CPU only: this build has no CUDA backend")
        .contains("SUMNET_MAVEN_ARGS=-Pcuda scripts/sumnet doctor")
        .doesNotContain("libcublas");
  }

  @Test
  void a_broken_cpu_backend_is_the_verdict() {
    CpuFacts broken = new CpuFacts(false, "libnd4jcpu.so cannot be loaded", "", 0, 0);
    Diagnosis diagnosis =
        new Diagnosis("0.1.0", "1.0.0-M2.1", PLAIN.host(), broken, PLAIN.cuda(), PLAIN.openCl());

    assertThat(OutputFormat.TEXT.of(new DiagnosisReport(diagnosis)))
        .startsWith("Not usable: the CPU backend does not work: libnd4jcpu.so cannot be loaded");
  }

  @Test
  void markdown_escapes_what_would_be_markup() {
    assertThat(OutputFormat.MARKDOWN.of(new DiagnosisReport(PLAIN)))
        .contains("1. this build has no CUDA backend. ", "SUMNET\\_MAVEN\\_ARGS=-Pcuda")
        .contains("| JDK | 17 \\<a\\|b\\> |");
  }

  @Test
  void json_names_devices_and_problems() {
    JsonObject json =
        JsonParser.parseString(OutputFormat.JSON.of(new DiagnosisReport(HOPPER))).getAsJsonObject();

    JsonObject cuda = json.getAsJsonObject("cuda");
    assertThat(cuda.get("usable").getAsBoolean()).isFalse();
    assertThat(cuda.getAsJsonArray("devices").get(0).getAsJsonObject().get("computeCapability"))
        .hasToString("\"9.0\"");
    assertThat(cuda.getAsJsonObject("libraries").keySet())
        .containsExactly(
            "libcudart.so.11.0", "libcublasLt.so.11", "libcublas.so.11", "libcusolver.so.11");
    assertThat(json.getAsJsonArray("problems").get(0).getAsJsonObject().get("id"))
        .hasToString("\"UnsupportedDevice\"");
  }

  @Test
  void without_a_loader_the_verdict_stays_and_text_and_markdown_say_how_to_get_one() {
    assertThat(OutputFormat.TEXT.of(new DiagnosisReport(PLAIN)))
        .startsWith("CPU only: this build has no CUDA backend");
    assertThat(unwrapped(OutputFormat.TEXT.of(new DiagnosisReport(PLAIN))))
        .contains(
            "loader libOpenCL.so.1, not found",
            "What keeps OpenCL from a GPU",
            "1. no OpenCL loader was found (libOpenCL.so.1 cannot be loaded)",
            "It comes with sumnet for Linux",
            "sumnet's OpenCL was never run on a GPU: all its tests ran on PoCL");
    assertThat(OutputFormat.MARKDOWN.of(new DiagnosisReport(PLAIN)))
        .contains("| OpenCL, for engine fused |  |", "## What keeps OpenCL from a GPU")
        .contains("1. no OpenCL loader was found")
        .contains("sumnet's OpenCL was never run on a GPU: all its tests ran on PoCL");
  }

  @Test
  void a_gpu_of_opencl_is_in_the_verdict_with_and_without_cuda() {
    OpenClFacts gpu = OpenClMachines.with(OpenClMachines.cpu(0), OpenClMachines.gpu(1));

    assertThat(diagnosis(PLAIN.cuda(), gpu).verdict())
        .isEqualTo(
            "CPU and OpenCL: Card 1, driver 550.1 of Some Vendor, 60 compute units, 24.0 GiB");
    assertThat(diagnosis(AMPERE.cuda(), gpu).verdict())
        .isEqualTo(
            "CPU, CUDA and OpenCL: Card 0, compute capability 8.6, 24.0 GiB; Card 1, driver 550.1 of"
                + " Some Vendor, 60 compute units, 24.0 GiB");
  }

  @Test
  void every_opencl_device_has_a_line_and_auto_takes_a_gpu() {
    Diagnosis two =
        diagnosis(
            PLAIN.cuda(),
            OpenClMachines.with(OpenClMachines.cpu(0), OpenClMachines.gpu(1, false, false)));

    assertThat(unwrapped(OutputFormat.TEXT.of(new DiagnosisReport(two))))
        .contains(
            "platform Some Vendor, OpenCL 3.0",
            "opencl:0 CPU: Card 0, driver 550.1, 60 compute units, 24.0 GiB, float and double,"
                + " divisions exact, subnormal numbers kept",
            "opencl:1 GPU: Card 1, driver 550.1, 60 compute units, 24.0 GiB, float and double,"
                + " divisions not exact, subnormal numbers flushed to zero",
            "--device auto takes opencl:1")
        .doesNotContain("What keeps OpenCL from a GPU");
  }

  @Test
  void json_has_opencls_devices_and_problems_beside_cudas() {
    Diagnosis pocl = diagnosis(PLAIN.cuda(), OpenClMachines.with(OpenClMachines.cpu(0)));
    JsonObject json =
        JsonParser.parseString(OutputFormat.JSON.of(new DiagnosisReport(pocl))).getAsJsonObject();

    JsonObject openCl = json.getAsJsonObject("opencl");
    assertThat(openCl.get("usable").getAsBoolean()).isTrue();
    assertThat(openCl.get("verifiedOnGpu").getAsBoolean()).isFalse();
    assertThat(openCl.getAsJsonArray("platforms")).hasSize(1);
    JsonObject device = openCl.getAsJsonArray("devices").get(0).getAsJsonObject();
    assertThat(device.get("kind")).hasToString("\"cpu\"");
    assertThat(device.get("takenByAuto").getAsBoolean()).isFalse();
    assertThat(openCl.getAsJsonArray("problems").get(0).getAsJsonObject().get("id"))
        .hasToString("\"NoGpu\"");
    assertThat(json.getAsJsonArray("problems").get(0).getAsJsonObject().get("id"))
        .hasToString("\"BuildWithoutCuda\"");
    JsonObject none =
        JsonParser.parseString(OutputFormat.JSON.of(new DiagnosisReport(PLAIN))).getAsJsonObject();
    assertThat(none.getAsJsonObject("opencl").get("usable").getAsBoolean()).isFalse();
    assertThat(none.getAsJsonObject("opencl").get("loader").getAsBoolean()).isFalse();
  }

  @Test
  void numbers_look_the_same_in_every_locale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(OutputFormat.TEXT.of(new DiagnosisReport(AMPERE))).contains("24.0 GiB");
    } finally {
      Locale.setDefault(before);
    }
  }

  /** What a text says, wherever its lines end. */
  private static String unwrapped(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static Diagnosis diagnosis(CudaFacts cuda) {
    return diagnosis(cuda, OpenClMachines.withoutLoader());
  }

  private static Diagnosis diagnosis(CudaFacts cuda, OpenClFacts openCl) {
    return new Diagnosis(
        "0.1.0",
        "1.0.0-M2.1",
        new HostFacts("Linux 6.1", "amd64", 2, 8L << 30, "17 <a|b>"),
        new CpuFacts(true, "", "OPENBLAS", 2, 2),
        cuda,
        openCl);
  }
}
