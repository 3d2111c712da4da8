package io.github.sumnet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.sumnet.cli.option.ConsoleOption;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/sumnet} in a checkout of its own, built from this build's classes. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
  record Outcome(int exitCode, String out, String err) {}

  private static final int PATIENCE_SECONDS = 400;
  private static final String LOG_CLASSES = "-Xlog:class+load";

  @TempDir static Path checkout;
  private static Path archives;
  private static Outcome first;

  @BeforeAll
  static void runForTheFirstTime() throws IOException, InterruptedException {
    Path target = Files.createDirectories(checkout.resolve("target"));
    archives = target.resolve("archives");
    Files.createDirectories(checkout.resolve("src/main"));
    Files.createDirectories(checkout.resolve("scripts"));
    for (String script :
        List.of(
            "scripts/sumnet",
            "scripts/build",
            "scripts/class-data",
            "scripts/jvm-options",
            "scripts/jvm-options-training")) {
      Files.copy(Path.of(script), checkout.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createFile(checkout.resolve("pom.xml"));
    Files.writeString(target.resolve("classpath.txt"), dependencies());
    writeJar(target.resolve("sumnet.jar"));
    // The run that makes the archives is not the one that these values are meant for.
    first = launch(Map.of("SUMNET_RESUME", "nowhere"), "--version");
    awaitArchive();
  }

  @Test
  void theFirstRunWorksAndSaysNothingOfTheArchiveThatItLeaves() {
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).startsWith("sumnet ");
    assertThat(recorded()).singleElement().satisfies(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  void helpTakesItsClassesFromAnArchive() throws IOException, InterruptedException {
    Outcome help = launch(Map.of("SUMNET_JAVA_ARGS", LOG_CLASSES), "--help");
    assertThat(sourceOf(Sumnet.class.getName(), help)).isEqualTo("shared objects file");
  }

  @Test
  void aCommandThatComputesTakesNd4jFromAnArchive() throws IOException, InterruptedException {
    Outcome explained = launch(Map.of("SUMNET_JAVA_ARGS", LOG_CLASSES), "explain");
    assertThat(explained.exitCode()).isZero();
    assertThat(sourceOf("org.nd4j.linalg.factory.Nd4j", explained))
        .isEqualTo("shared objects file");
  }

  @Test
  void aDamagedArchiveChangesNothing() throws IOException, InterruptedException {
    Path archive = recorded().get(0);
    byte[] whole = Files.readAllBytes(archive);
    byte[] otherHeader = whole.clone();
    Arrays.fill(otherHeader, 0, 512, (byte) 0x5a);
    byte[] otherContent = whole.clone();
    Arrays.fill(otherContent, whole.length / 2, whole.length / 4 * 3, (byte) 0x5a);
    byte[][] damages = {
      {},
      "not an archive".getBytes(UTF_8),
      Arrays.copyOf(whole, whole.length / 2),
      otherHeader,
      otherContent
    };
    String expected = launch(Map.of(), "--help").out();
    try {
      for (byte[] damaged : damages) {
        replace(archive, damaged);
        Outcome help = launch(Map.of(), "--help");
        assertThat(help).isEqualTo(new Outcome(0, expected, ""));
      }
    } finally {
      replace(archive, whole);
    }
  }

  @Test
  void withoutAPlaceForArchivesEverythingWorks() throws IOException, InterruptedException {
    Path elsewhere = checkout.resolve("target/elsewhere");
    Files.move(archives, elsewhere);
    try {
      Files.createFile(archives);
      Outcome version = launch(Map.of(), "--version");
      assertThat(version).isEqualTo(new Outcome(0, first.out(), ""));
    } finally {
      Files.deleteIfExists(archives);
      Files.move(elsewhere, archives);
    }
  }

  @Test
  void theJvmIsToldToDeserialiseNothing() throws IOException, InterruptedException {
    Outcome version = launch(Map.of("SUMNET_JAVA_ARGS", "-XshowSettings:properties"), "--version");
    assertThat(version.err()).contains("jdk.serialFilter = !*");
  }

  /** The JVM says nothing about a pattern that nothing matches. */
  @Test
  void whatTheJvmIsToldAboutMethodsIsAboutMethodsThatThereAre() throws IOException {
    Set<String> methods =
        new ClassFileImporter()
            .importPath(Path.of("target/classes")).stream()
                .flatMap(type -> type.getMethods().stream())
                .map(method -> method.getOwner().getName() + "::" + method.getName())
                .collect(Collectors.toSet());
    List<String> commands =
        Files.readAllLines(Path.of("scripts/jvm-options-training")).stream()
            .filter(line -> line.startsWith("-XX:CompileCommand=") && line.contains(","))
            .toList();
    assertThat(commands).hasSizeGreaterThan(10);
    for (String command : commands) {
      String pattern = command.split(",", 3)[1].replace(".", "\\.").replace("*", ".*");
      assertThat(methods).as(command).anyMatch(method -> method.matches(pattern));
    }
  }

  @Tag("campaign")
  @Test
  void commandsThatMayComputeWithTheFusedEngineHaveVectorsHoweverItIsNamed()
      throws IOException, InterruptedException {
    Path config = Files.writeString(checkout.resolve("c"), "engine=fused\n");
    String[] named = {"--engine=Fused", "--engine=FUSED", "--config=" + config};
    for (String flag : named) {
      assertThatVectorsAreThere(
          launch(Map.of("SUMNET_DEVICE", "cpu"), "check", "--form=short", flag));
    }
    Map<String, String> variables = Map.of("SUMNET_DEVICE", "cpu", "SUMNET_ENGINE", "Fused");
    assertThatVectorsAreThere(launch(variables, "check", "--form=short"));
    String out = "--out=" + checkout.resolve("runs");
    assertThatVectorsAreThere(launch(variables, "train", "--steps=1", out));
    assertThatVectorsAreThere(
        launch(Map.of("SUMNET_DEVICE", "cpu"), "train", "--resume=last", "--steps=2", out));
  }

  /**
   * A vector becomes an object where the JIT compiler could not resolve a call. One call in the
   * loop that generates samples is some 30 collections for these, more calls are hundreds.
   */
  @Tag("campaign")
  @Test
  void compiledLoopsOnVectorsMakeNoObjects() throws IOException, InterruptedException {
    Map<String, String> variables =
        Map.of("SUMNET_DEVICE", "cpu", "SUMNET_JAVA_ARGS", "-Xlog:gc -Xshare:off");
    for (int run = 0; run < 3; run++) {
      Outcome outcome =
          launch(
              variables,
              "train",
              "--engine=fused",
              "--samples=128Mi",
              "--batch-size=16Mi",
              "--epochs=4",
              "--out=" + checkout.resolve("runs"));
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      assertThat(outcome.out().lines().filter(line -> line.contains("Pause Young")).count())
          .isBetween(1L, 100L);
    }
  }

  private static void assertThatVectorsAreThere(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("jdk.incubator.vector")
        .doesNotContain(ConsoleOption.NO_VECTORS);
  }

  @Test
  void aRunThroughASymbolicLinkFindsTheSameBuild() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(checkout.resolve("link"), Path.of("scripts/sumnet"));
    assertThat(run(link, Map.of(), "--version")).isEqualTo(new Outcome(0, first.out(), ""));
  }

  private static Outcome launch(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    return run(checkout.resolve("scripts/sumnet"), environment, args);
  }

  private static Outcome run(Path launcher, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    Path out = checkout.resolve("out.txt");
    Path err = checkout.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SUMNET_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** It is whole once its size stands beside it. */
  private static void awaitArchive() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (recorded().isEmpty() || !Files.exists(Path.of(recorded().get(0) + ".size"))) {
      assertThat(System.nanoTime()).as("the archive appears in time").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static List<Path> recorded() {
    if (!Files.isDirectory(archives)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(archives)) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Archives are read-only files. */
  private static void replace(Path file, byte[] content) throws IOException {
    Files.delete(file);
    Files.write(file, content);
  }

  private static String sourceOf(String type, Outcome outcome) {
    return outcome
        .out()
        .lines()
        .filter(line -> line.contains("] " + type + " source: "))
        .map(line -> line.substring(line.indexOf("source: ") + "source: ".length()))
        .collect(Collectors.joining("; "));
  }

  /** The jars alone: class data of classes in folders cannot be archived. */
  private static String dependencies() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .filter(entry -> entry.endsWith(".jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void writeJar(Path jar) throws IOException {
    Path classes = Path.of("target/classes");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> walk = Files.walk(classes)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(
            new JarEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
        Files.copy(path, entries);
      }
    }
  }
}
