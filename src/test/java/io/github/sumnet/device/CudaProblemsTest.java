package io.github.sumnet.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.device.cuda.CudaAnswer;
import io.github.sumnet.device.cuda.CudaDevice;
import io.github.sumnet.device.cuda.CudaDriver;
import io.github.sumnet.device.cuda.CudaFacts;
import io.github.sumnet.device.cuda.CudaLibrary;
import io.github.sumnet.device.cuda.Facts;
import io.github.sumnet.device.cuda.LibraryState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CudaProblemsTest {

  @Property
  void whatever_the_facts_cuda_is_selected_exactly_when_there_is_no_problem(
      @ForAll("facts") CudaFacts facts) {
    DeviceSelection selection = DeviceSelection.of(DeviceRequest.AUTO, facts);

    assertThat(selection.device() == Device.CUDA).isEqualTo(CudaProblems.in(facts).isEmpty());
    assertThat(selection.reason()).isNotBlank().hasLineCount(1);
  }

  @Property
  void cuda_without_a_problem_means_driver_libraries_and_supported_gpus(
      @ForAll("facts") CudaFacts facts) {
    if (CudaProblems.in(facts).isEmpty()) {
      assertThat(facts.driver().library().isThere()).isTrue();
      assertThat(facts.libraries().values()).allMatch(LibraryState::isThere);
      assertThat(facts.devices())
          .isNotEmpty()
          .allMatch(device -> device.computeCapability().runsNd4j());
    }
  }

  @Property
  void every_problem_has_one_line_of_what_and_one_of_what_to_do(@ForAll("facts") CudaFacts facts) {
    assertThat(CudaProblems.in(facts))
        .allSatisfy(
            problem -> {
              assertThat(problem.summary()).isNotBlank().hasLineCount(1).doesNotEndWith(".");
              assertThat(problem.fix()).isNotBlank().hasLineCount(1);
            });
  }

  @Test
  void all_problems_of_a_machine_are_listed_what_must_be_mended_first_first() {
    CudaFacts facts = Facts.withoutDriver(Optional.empty(), Facts.missing(CudaLibrary.RUNTIME));

    assertThat(CudaProblems.in(facts))
        .extracting(DeviceProblem::id)
        .containsExactly("NoDriver", "ToolkitMissing");
  }

  @Test
  void a_driver_that_cannot_answer_is_reported_once() {
    assertThat(CudaProblems.in(Facts.answering(35, "cudaErrorInsufficientDriver")))
        .extracting(DeviceProblem::id)
        .containsExactly("DriverTooOld");
  }

  @Provide
  Arbitrary<CudaFacts> facts() {
    return Combinators.combine(
            Arbitraries.of("linux-x86_64", "windows-x86_64", "linux-arm64"),
            Arbitraries.of(true, false),
            drivers(),
            Arbitraries.maps(Arbitraries.of(CudaLibrary.class), examined())
                .ofSize(CudaLibrary.values().length),
            answers().optional(0.8))
        .as(CudaProblemsTest::consistent);
  }

  private static CudaFacts consistent(
      String platform,
      boolean natives,
      CudaDriver driver,
      Map<CudaLibrary, LibraryState> libraries,
      Optional<CudaAnswer> answer) {
    boolean asked = driver.library().isThere() && libraries.get(CudaLibrary.RUNTIME).isThere();
    return Facts.facts(
        platform, natives, natives, driver, libraries, asked ? answer : Optional.empty());
  }

  private static Arbitrary<CudaDriver> drivers() {
    return Combinators.combine(
            examined(), Arbitraries.of("418.226.00", "450.80.02", "580.65.06").optional())
        .as(CudaDriver::new);
  }

  private static Arbitrary<LibraryState> examined() {
    return Arbitraries.of(
        LibraryState.LOADABLE, LibraryState.PACKAGED, LibraryState.missing("cannot open"));
  }

  private static Arbitrary<CudaAnswer> answers() {
    Arbitrary<List<CudaDevice>> devices =
        Combinators.combine(Arbitraries.integers().between(2, 13), Arbitraries.of(0, 2, 5, 7, 9))
            .as((major, minor) -> Facts.gpu(0, major, minor))
            .list()
            .ofMaxSize(3);
    return Combinators.combine(Arbitraries.of(0, 0, 0, 35, 100, 999), devices)
        .as((code, found) -> new CudaAnswer(code, "name", "12.4", code == 0 ? found : List.of()));
  }
}
