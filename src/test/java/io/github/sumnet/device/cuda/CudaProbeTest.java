package io.github.sumnet.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.CudaProblems;
import io.github.sumnet.device.DeviceProblem;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaProbeTest {
  private static final String BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";
  private static final String[] CUDA_BUILD = {
    BACKEND,
    "org/nd4j/linalg/jcublas/bindings/linux-x86_64/" + System.mapLibraryName("jnind4jcuda"),
    "org/bytedeco/cuda/linux-x86_64/" + System.mapLibraryName("jnicudart")
  };
  private static final CudaAnswer ANSWER =
      new CudaAnswer(0, "cudaSuccess", "12.4", List.of(Facts.gpu(0, 8, 6)));

  @TempDir Path folder;
  private final List<String> loaded = new ArrayList<>();

  @Test
  void nothing_native_is_loaded_for_a_build_without_cuda() throws IOException {
    CudaFacts facts = probe(all(), answering(ANSWER)).facts();

    assertThat(facts.backend()).isFalse();
    assertThat(loaded).isEmpty();
    assertThat(facts.answer()).isEmpty();
    assertThat(facts.libraries()).containsOnlyKeys(CudaLibrary.values());
    assertThat(facts.libraries()).containsValue(LibraryState.NOT_EXAMINED);
  }

  @Test
  void nothing_native_is_loaded_for_classes_without_binaries() throws IOException {
    CudaFacts facts = probe(all(), answering(ANSWER), BACKEND).facts();

    assertThat(facts.backend()).isTrue();
    assertThat(facts.natives()).isFalse();
    assertThat(loaded).isEmpty();
  }

  @Test
  void the_runtime_is_not_asked_without_a_driver() throws IOException {
    CudaFacts facts =
        probe(Set.of("libcudart.so.11.0"), failing(new AssertionError("asked")), CUDA_BUILD)
            .facts();

    assertThat(facts.driver().library().isMissing()).isTrue();
    assertThat(facts.answer()).isEmpty();
    assertThat(facts.failure()).isEmpty();
  }

  @Test
  void each_missing_library_is_named_on_its_own() throws IOException {
    CudaFacts facts =
        probe(Set.of("libcuda.so.1", "libcudart.so.11.0"), answering(ANSWER), CUDA_BUILD).facts();

    assertThat(facts.libraries().get(CudaLibrary.RUNTIME).isThere()).isTrue();
    assertThat(facts.libraries().get(CudaLibrary.CUSOLVER).detail())
        .isEqualTo("libcusolver.so.11: cannot open");
    assertThat(facts.answer()).contains(ANSWER);
  }

  @Test
  void libraries_in_a_jar_are_not_unpacked_to_try_them() throws IOException {
    String[] redistributed = {
      CUDA_BUILD[0],
      CUDA_BUILD[1],
      CUDA_BUILD[2],
      "org/bytedeco/cuda/linux-x86_64/libcudart.so.11.0",
      "org/bytedeco/cuda/linux-x86_64/libcublas.so.11"
    };

    CudaAnswer noDevice = new CudaAnswer(100, "cudaErrorNoDevice", "12.4", List.of());
    CudaFacts facts = probe(Set.of("libcuda.so.1"), answering(noDevice), redistributed).facts();

    assertThat(facts.libraries().get(CudaLibrary.CUBLAS)).isEqualTo(LibraryState.PACKAGED);
    assertThat(loaded).doesNotContain("libcudart.so.11.0", "libcublas.so.11");
    assertThat(facts.answer()).contains(noDevice);
  }

  @Test
  void a_cublas_that_is_there_and_does_not_load_is_found_out() throws IOException {
    LibraryState wrong = LibraryState.missing("version `libcublas.so.11' not found");

    CudaFacts facts = probe(all(), runtime(() -> ANSWER, wrong), CUDA_BUILD).facts();

    assertThat(facts.libraries().get(CudaLibrary.CUBLAS)).isEqualTo(wrong);
    assertThat(CudaProblems.in(facts))
        .extracting(DeviceProblem::id)
        .containsExactly("ToolkitIncomplete");
  }

  @Test
  void an_error_of_native_code_becomes_a_fact() throws IOException {
    CudaFacts facts =
        probe(all(), failing(new UnsatisfiedLinkError("undefined symbol: cuInit")), CUDA_BUILD)
            .facts();

    assertThat(facts.failure().orElseThrow()).contains("undefined symbol: cuInit");
    assertThat(facts.driver().library().isThere()).isTrue();
  }

  @Test
  void the_kernel_s_driver_version_is_read_even_without_cuda_in_the_build() throws IOException {
    Files.writeString(
        folder.resolve("version"), "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05 x");

    assertThat(probe(all(), answering(ANSWER)).facts().driver().moduleVersion())
        .contains("535.104.05");
  }

  @Test
  void this_machine_is_probed_without_an_exception() {
    assertThat(new CudaProbe().facts().failure()).isEmpty();
  }

  /** A probe of a class path with these files and a linker that finds these libraries. */
  private CudaProbe probe(Set<String> present, CudaRuntime runtime, String... files)
      throws IOException {
    return new CudaProbe(
        Facts.LINUX, classPath(files), folder.resolve("version"), linker(present), runtime);
  }

  private static Set<String> all() {
    return Set.of(
        "libcuda.so.1",
        "libcudart.so.11.0",
        "libcublasLt.so.11",
        "libcublas.so.11",
        "libcusolver.so.11");
  }

  private static CudaRuntime answering(CudaAnswer answer) {
    return runtime(() -> answer, LibraryState.LOADABLE);
  }

  private static CudaRuntime failing(Error error) {
    return runtime(
        () -> {
          throw error;
        },
        LibraryState.LOADABLE);
  }

  private static CudaRuntime runtime(Supplier<CudaAnswer> answer, LibraryState cublas) {
    return new CudaRuntime() {
      @Override
      public CudaAnswer askForDevices() {
        return answer.get();
      }

      @Override
      public LibraryState tryCublas() {
        return cublas;
      }
    };
  }

  private DynamicLinker linker(Set<String> present) {
    return name -> {
      loaded.add(name);
      return present.contains(name)
          ? LibraryState.LOADABLE
          : LibraryState.missing(name + ": cannot open");
    };
  }

  private ClassLoader classPath(String... files) throws IOException, MalformedURLException {
    for (String file : files) {
      Path path = folder.resolve("classes").resolve(file);
      Files.createDirectories(path.getParent());
      Files.createFile(path);
    }
    return new URLClassLoader(new URL[] {folder.resolve("classes/").toUri().toURL()}, null);
  }
}
