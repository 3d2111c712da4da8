package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.device.opencl.OpenClFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --device opencl} through the command line, on whatever OpenCL device is first. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("campaign")
class OpenClCommandTest {
  private static final String SMALL =
      "--engine fused --samples 10000 --batch-size 3000 --chunk-size 1000 ";

  private static final Map<String, String> REFUSED_KERNEL =
      Map.of("POCL_EXTRA_BUILD_FLAGS", "-Dfor=nonsense");

  private static OpenClFacts here;

  @TempDir Path folder;

  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
    here = OpenClFacts.ofThisMachine();
  }

  @BeforeEach
  void need_a_device() {
    assumeThat(here.devices()).as("OpenCL devices; pocl-opencl-icd has one").isNotEmpty();
    assumeThat(here.devices().get(0).usable()).isTrue();
  }

  @Test
  void a_run_and_its_files_say_on_which_device_and_driver_it_was() throws IOException {
    OpenClDevice first = here.devices().get(0);

    Cli.Outcome outcome = train(SMALL + "--steps 20 --device opencl:0");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("values of fused on opencl:0 in float");
    assertThat(outcome.out()).contains("  device                   opencl:0: ");
    assertThat(outcome.unwrapped()).contains("device opencl:0: " + first.name() + ", driver ");
    JsonObject environment = json(runs().folder(1).resolve("environment.json"));
    assertThat(environment.get("device").getAsString()).isEqualTo("opencl");
    assertThat(environment.get("deviceNumber").getAsInt()).isZero();
    assertThat(environment.get("deviceName").getAsString()).isEqualTo(first.name());
    assertThat(environment.get("deviceDriver").getAsString()).isEqualTo(first.driver());
    JsonObject summary = json(runs().folder(1).resolve("summary.json"));
    assertThat(summary.get("device").getAsString()).isEqualTo("opencl");
    assertThat(summary.get("deviceNumber").getAsInt()).isZero();
    assertThat(summary.get("deviceReason").getAsString())
        .startsWith(first.name() + ", driver " + first.driver());
    assertThat(json(runs().folder(1).resolve("gradient-check.json")).get("deviceNumber").getAsInt())
        .isZero();
    assertThat(runs().folder(1).resolve("config.properties"))
        .content()
        .contains("device=opencl\\:0\n");
  }

  @Test
  void a_dry_run_names_device_and_driver() {
    Cli.Outcome outcome = train(SMALL + "--steps 20 --device opencl:0 --dry-run");

    OpenClDevice first = here.devices().get(0);
    assertThat(outcome.out())
        .contains("fused on opencl:0 (" + first.name() + ", driver " + first.driver())
        .contains("1 thread\n");
  }

  @Test
  void a_resumed_run_may_change_the_device_and_ends_in_the_same_bits() {
    assumeThat(here.devices().get(0).roundsLikeCpu()).isTrue();
    assertThatItSucceeds(train("-q " + SMALL + "--steps 30 --device cpu"));
    assertThatItSucceeds(train("-q " + SMALL + "--steps 11 --device cpu"));
    assertThatItSucceeds(train("-q --resume last --steps 21 --device opencl:0"));
    assertThatItSucceeds(train("-q --resume last --steps 30 --device cpu"));

    assertThat(runs().last(4).coefficients()).isEqualTo(runs().last(1).coefficients());
    assertThat(runs().last(4).updaterState()).isEqualTo(runs().last(1).updaterState());
  }

  @Test
  void a_model_is_evaluated_there_as_on_the_cpu() {
    assumeThat(here.devices().get(0).roundsLikeCpu()).isTrue();
    assertThatItSucceeds(train("-q " + SMALL + "--steps 11 --device cpu"));

    Cli.Outcome there = launch("evaluate --json --samples 1000 --device opencl:0");
    Cli.Outcome cpu = launch("evaluate --json --samples 1000 --device cpu");

    assertThatItSucceeds(there);
    JsonObject json = JsonParser.parseString(there.out()).getAsJsonObject();
    assertThat(json.get("device").getAsString()).isEqualTo("opencl");
    assertThat(json.get("loss"))
        .isEqualTo(JsonParser.parseString(cpu.out()).getAsJsonObject().get("loss"));
  }

  @Test
  void its_gradients_are_checked_there_and_a_case_can_be_repeated_there() {
    Cli.Outcome outcome =
        Cli.launch("check", "--engine=fused", "--device=opencl:0", "--form=short", "--hidden=2");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("checking fused on opencl:0 in float, 2-2-1");
    assertThat(outcome.out()).contains("PASS: ", ": fused on opencl:0: ");
  }

  /** PoCL has as many devices as it is told to, in an order of its own: basic is the first. */
  @Test
  void every_command_computes_on_the_device_of_the_number_that_is_named() throws Exception {
    needPocl();
    Map<String, String> two = Map.of("POCL_DEVICES", "pthread basic");
    ChildJvm jvm = ChildJvm.ofThisBuild(folder);

    ChildJvm.Outcome train =
        jvm.run(Sumnet.class, two, runs().arguments(SMALL + "--steps 3 --device opencl:1"));
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(train.err()).contains(" values of fused on opencl:1 in float");
    assertThat(train.out()).contains("device                   opencl:1: pthread");
    assertThat(json(runs().folder(1).resolve("environment.json")).get("deviceName").getAsString())
        .startsWith("pthread");
    assertThat(json(runs().folder(1).resolve("summary.json")).get("deviceNumber").getAsInt())
        .isOne();

    String evaluate = "evaluate --json --samples 1000 --device opencl:1 --out " + folder;
    ChildJvm.Outcome evaluated = jvm.run(Sumnet.class, two, evaluate.split(" "));
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(JsonParser.parseString(evaluated.out()).getAsJsonObject().get("deviceNumber"))
        .hasToString("1");

    String check = "check --engine fused --form short --hidden 2 --device opencl:1";
    ChildJvm.Outcome checked = jvm.run(Sumnet.class, two, check.split(" "));
    assertThat(checked.exitCode()).as(checked.err()).isZero();
    assertThat(checked.out()).contains(": fused on opencl:1: ");
  }

  @Test
  void a_number_that_is_too_high_is_no_device_and_nothing_is_begun() {
    int number = here.devices().size();

    Cli.Outcome outcome = train(SMALL + "--device opencl:" + number);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith(
            "sumnet: --device opencl:"
                + number
                + " cannot be used: there is no opencl:"
                + number
                + ", only opencl:0 (")
        .hasLineCount(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void auto_leaves_devices_that_are_no_gpu_alone_and_says_so() {
    assumeThat(here.devices()).noneMatch(each -> each.kind() == OpenClDevice.Kind.GPU);

    Cli.Outcome outcome = train(SMALL + "--steps 1");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("training on the CPU: no OpenCL device is a GPU, only opencl:0 (");
    assertThat(outcome.out()).doesNotContain("opencl");
  }

  @Test
  void a_loader_that_is_not_there_is_named() throws Exception {
    assertThatItIsRefused(
        ChildJvm.without("opencl-.*-.*64\\.jar", folder),
        Map.of(),
        "no OpenCL loader was found (libOpenCL.so.1 cannot be loaded). It comes with sumnet ");
  }

  @Test
  void a_loader_without_a_driver_is_told_from_none() throws Exception {
    assertThatItIsRefused(
        ChildJvm.ofThisBuild(folder),
        Map.of("OCL_ICD_VENDORS", Files.createDirectory(folder.resolve("none")).toString()),
        "the OpenCL loader finds no driver. Install the OpenCL driver ");
  }

  /** As in a container that was given a driver's library but no file that names it to loaders. */
  @Test
  void a_driver_that_nothing_names_is_found_and_said_to_be() throws Exception {
    needPocl();
    Path library = poclUnderAnotherName();
    Map<String, String> environment =
        Map.of("OCL_ICD_VENDORS", "/nowhere", "LD_LIBRARY_PATH", library.getParent().toString());
    ChildJvm jvm = ChildJvm.ofThisBuild(folder);

    ChildJvm.Outcome trained =
        jvm.run(Sumnet.class, environment, runs().arguments(SMALL + "--steps 1 --device opencl"));
    assertThat(trained.exitCode()).as(trained.err()).isZero();

    ChildJvm.Outcome doctor = jvm.run(Sumnet.class, environment, "doctor", "--format=json");
    assertThat(
            JsonParser.parseString(doctor.out())
                .getAsJsonObject()
                .getAsJsonObject("opencl")
                .getAsJsonArray("found"))
        .containsExactly(new JsonPrimitive(library.toString()));
  }

  /** PoCL looks for its other files beside itself. */
  private Path poclUnderAnotherName() throws IOException {
    Path original;
    try (Stream<String> memory = Files.lines(Path.of("/proc/self/maps"))) {
      original =
          memory
              .filter(line -> line.contains("/libpocl.so"))
              .map(line -> Path.of(line.substring(line.indexOf('/'))))
              .findFirst()
              .orElseThrow();
    }
    Path libraries = Files.createDirectories(folder.resolve("lib/any"));
    Files.createSymbolicLink(libraries.resolve("pocl"), original.resolveSibling("pocl"));
    Files.createSymbolicLink(
        Files.createDirectory(folder.resolve("share")).resolve("pocl"),
        original.resolve("../../../share/pocl").normalize());
    return Files.copy(original, libraries.resolve("libnvidia-opencl.so.1"));
  }

  /** PoCL takes more options of its compiler from the environment. */
  @Test
  void what_the_compiler_said_of_a_refused_kernel_is_in_the_runs_folder() throws Exception {
    needPocl();
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .run(
                Sumnet.class,
                REFUSED_KERNEL,
                runs().arguments(SMALL + "-q --steps 1 --device opencl:0"));

    Path log = runs().folder(1).resolve("opencl-build.log");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.out()).isEmpty();
    assertThat(ownLines(outcome.err()))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("sumnet: OpenCL: the compiler of opencl:0 (")
                    .contains(") refused the kernel: what it said is in " + log + "; "));
    assertThat(log).content().contains("error: ");
    assertThat(runs().folder(1).resolve("summary.json")).doesNotExist();
  }

  @Test
  void without_a_folder_the_first_lines_of_what_the_compiler_said_are_printed() throws Exception {
    needPocl();
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .run(
                Sumnet.class,
                REFUSED_KERNEL,
                "check",
                "-q",
                "--engine=fused",
                "--device=opencl:0",
                "--form=short");

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(outcome.out()).isEmpty();
    List<String> lines = ownLines(outcome.err());
    assertThat(lines).hasSizeBetween(2, 11).anyMatch(line -> line.contains("error: "));
    assertThat(lines.get(lines.size() - 1))
        .startsWith("sumnet: OpenCL: the compiler of opencl:0 (")
        .endsWith(
            ") refused the kernel; 'sumnet doctor' shows the devices, --device cpu does"
                + " without them");
  }

  private static void needPocl() {
    assumeThat(here.devices().get(0).platform()).contains("Portable Computing Language");
  }

  private void assertThatItIsRefused(ChildJvm jvm, Map<String, String> environment, String reason)
      throws Exception {
    ChildJvm.Outcome named =
        jvm.run(Sumnet.class, environment, runs().arguments(SMALL + "--steps 1 --device opencl"));

    assertThat(named.exitCode()).isEqualTo(ExitCode.DEVICE_UNAVAILABLE.code());
    assertThat(named.out()).isEmpty();
    assertThat(ownLines(named.err()))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("sumnet: --device opencl cannot be used: ")
                    .contains(reason));

    ChildJvm.Outcome auto =
        jvm.run(Sumnet.class, environment, runs().arguments(SMALL + "--steps 1"));
    assertThat(auto.exitCode()).as(auto.err()).isZero();
    assertThat(ownLines(auto.err()).get(0))
        .isEqualTo("training on the CPU: " + reason.substring(0, reason.indexOf(". ")));
  }

  /** The JVM says by itself that it takes options from the environment, and Clang counts errors. */
  private static List<String> ownLines(String err) {
    return err.lines()
        .filter(line -> !line.startsWith("NOTE: Picked up") && !line.endsWith("errors generated."))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--device cpu --engine fused", "--engine reference", "--engine dl4j"})
  void nobody_looks_for_opencl_where_it_cannot_matter(String flags) throws Exception {
    assertThat(classesLoadedBy(flags)).noneMatch(line -> line.contains("org.bytedeco.opencl."));
  }

  @Test
  void what_is_looked_for_leaves_its_trace() throws Exception {
    assertThat(classesLoadedBy("--engine fused"))
        .anyMatch(line -> line.contains("org.bytedeco.opencl."));
  }

  private List<String> classesLoadedBy(String flags) throws Exception {
    Path log = folder.resolve("classes.txt");
    ChildJvm.Outcome outcome =
        ChildJvm.ofThisBuild(folder)
            .run(
                Sumnet.class,
                Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log),
                runs().arguments("--dry-run " + flags));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return Files.readAllLines(log);
  }

  private Cli.Outcome launch(String arguments) {
    return Cli.launch((arguments + " --out " + folder).split(" "));
  }

  private static void assertThatItSucceeds(Cli.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private Cli.Outcome train(String flags) {
    return runs().train(flags);
  }

  private Runs runs() {
    return new Runs(folder);
  }
}
