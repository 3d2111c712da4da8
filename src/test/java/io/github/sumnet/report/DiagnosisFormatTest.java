package io.github.sumnet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.device.CpuFacts;
import io.github.sumnet.device.CudaFacts;
import io.github.sumnet.device.Diagnosis;
import io.github.sumnet.device.Facts;
import io.github.sumnet.device.HostFacts;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosisFormatTest {
  private static final Diagnosis AMPERE = diagnosis(Facts.working(Facts.gpu(0, 8, 6)));
  private static final Diagnosis HOPPER = diagnosis(Facts.working(Facts.gpu(0, 9, 0)));
  private static final Diagnosis PLAIN =
      diagnosis(Facts.cpuBuild("linux-x86_64", Optional.empty()));

  @Test
  void text_ends_with_what_was_never_tried() {
    assertThat(new TextDiagnosis().format(AMPERE))
        .startsWith("CPU and CUDA: Card 0, compute capability 8.6, 24.0 GiB")
        .doesNotContain("What keeps CUDA")
        .endsWith("not verified on a GPU: the project never had one to run it on.");
  }

  @Test
  void text_numbers_the_problems_each_with_its_fix() {
    assertThat(new TextDiagnosis().format(HOPPER).lines())
        .contains(
            "CPU only: ND4J 1.0.0-M2.1's CUDA binaries hold no code for Card 0 (GPU 0, compute"
                + " capability 9.0)",
            "  1. ND4J 1.0.0-M2.1's CUDA binaries hold no code for Card 0 (GPU 0, compute"
                + " capability 9.0)",
            "  GPU 0                 Card 0, compute capability 9.0 (not supported), 24.0 GiB");
  }

  @Test
  void text_of_a_build_without_cuda_does_not_list_libraries() {
    assertThat(new TextDiagnosis().format(PLAIN))
        .startsWith("CPU only: this build has no CUDA backend")
        .contains("SUMNET_MAVEN_ARGS=-Pcuda scripts/sumnet doctor")
        .doesNotContain("libcublas");
  }

  @Test
  void a_broken_cpu_backend_is_the_verdict() {
    CpuFacts broken = new CpuFacts(false, "libnd4jcpu.so cannot be loaded", "", 0, 0);
    Diagnosis diagnosis = new Diagnosis("0.1.0", "1.0.0-M2.1", PLAIN.host(), broken, PLAIN.cuda());

    assertThat(new TextDiagnosis().format(diagnosis))
        .startsWith("Not usable: the CPU backend does not work: libnd4jcpu.so cannot be loaded");
  }

  @Test
  void markdown_escapes_what_would_be_markup() {
    assertThat(new MarkdownDiagnosis().format(PLAIN))
        .contains("1. this build has no CUDA backend. ", "SUMNET\\_MAVEN\\_ARGS=-Pcuda")
        .contains("| JDK | 17 \\<a\\|b\\> |");
  }

  @Test
  void json_names_devices_and_problems() {
    JsonObject json = JsonParser.parseString(new JsonDiagnosis().format(HOPPER)).getAsJsonObject();

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
  void numbers_look_the_same_in_every_locale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(new TextDiagnosis().format(AMPERE)).contains("24.0 GiB");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Diagnosis diagnosis(CudaFacts cuda) {
    return new Diagnosis(
        "0.1.0",
        "1.0.0-M2.1",
        new HostFacts("Linux 6.1", "amd64", 2, 8L << 30, "17 <a|b>"),
        new CpuFacts(true, "", "OPENBLAS", 2, 2),
        cuda);
  }
}
