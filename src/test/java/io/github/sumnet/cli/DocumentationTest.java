package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README and pages print holds: commands run, output looks so, links lead to something. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DocumentationTest {
  private static final int MOST_LINES_OF_THE_README = 250;
  private static final String SMALL = "--samples 1000 --batch-size 100 --device cpu";

  /** Files that a reader names; those of the repository stay what they are. */
  private static final Pattern OF_THE_READER =
      Pattern.compile("runs/.*|[\\w-]+\\.(html|npy|csv|svg|png|json)");

  @TempDir static Path folder;

  /**
   * A run that a reader would have, interrupted after some steps, and the files of the examples.
   */
  @BeforeAll
  static void prepare() throws IOException {
    BackendBinding.bind(Device.CPU);
    launch("train " + SMALL + " --epochs 2 --keep 9 --checkpoint-every 5 --out " + runs());
    Path checkpoints = runs().resolve("train/0001/checkpoints");
    try (Stream<Path> files = Files.list(checkpoints)) {
      Path first = files.filter(file -> file.toString().contains("step")).sorted().toList().get(0);
      Files.copy(first, checkpoints.resolve("last.zip"), StandardCopyOption.REPLACE_EXISTING);
    }
    for (String name : List.of("samples.npy", "samples.csv", "others.npy")) {
      launch("generate -q --samples 1000 " + folder.resolve(name));
    }
  }

  static List<PrintedCommand> commands() throws IOException {
    return PrintedCommand.all();
  }

  static List<PrintedCommand> cheap_commands() throws IOException {
    Set<List<String>> seen = new HashSet<>();
    return commands().stream()
        .filter(printed -> !Set.of("bench", "compare").contains(printed.command()))
        .filter(printed -> !printed.has("--self-test"))
        // Needs Spark, which this build has not.
        .filter(printed -> !printed.has("--master"))
        .filter(printed -> !printed.has("--mutant") || printed.has("--step"))
        .filter(printed -> !printed.command().equals("check") || seen.add(printed.arguments()))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void every_command_is_understood(PrintedCommand printed) {
    assertThatCode(
            () ->
                Sumnet.commandLine(printed.environment())
                    .parseArgs(printed.arguments().toArray(String[]::new)))
        .as(printed.place())
        .doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cheap_commands")
  void every_cheap_command_ends_with_its_exit_code(PrintedCommand printed) {
    Cli.Outcome outcome =
        Cli.launch(printed.environment(), cheapened(printed).toArray(String[]::new));

    boolean namesADevice =
        String.join(" ", printed.arguments()).matches(".*--device[ =](cuda|opencl).*");
    assertThat(
            namesADevice
                ? List.of(ExitCode.OK.code(), ExitCode.DEVICE_UNAVAILABLE.code())
                : List.of(printed.exitCode()))
        .as(outcome.err())
        .contains(outcome.exitCode());
    if (Set.of("evaluate", "explain").contains(printed.command())) {
      assertLooksLike(outcome, printed.output());
    }
  }

  @Test
  void training_prints_what_the_readme_shows() throws IOException {
    List<String> shown = new ArrayList<>(firstOf("train").output());
    // The JVM's own, the default build's, and as often as time passes.
    shown.removeIf(
        line ->
            line.matches("WARNING: Using incubator.*|training on the CPU: .*|step [\\d,]+ of .*"));

    Cli.Outcome trained =
        launch(
            "train --device cpu --samples 200000 --batch-size 1000 --epochs 2 --out "
                + folder.resolve("readme/runs"));
    assertThat(shown).hasSizeGreaterThan(4);
    assertLooksLike(trained, shown);
  }

  @Test
  void the_readme_is_short() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md")))
        .hasSizeLessThanOrEqualTo(MOST_LINES_OF_THE_README);
  }

  @Test
  void the_readme_lists_the_exit_codes() throws IOException {
    assertThat(matches("README.md", "(?m)^\\| (\\d+) \\|"))
        .isEqualTo(
            Arrays.stream(ExitCode.values())
                .map(code -> Integer.toString(code.code()))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void links_lead_to_files_and_headings() throws IOException {
    for (Path document : PrintedCommand.documents()) {
      for (String link : matches(document.toString(), "\\]\\(((?!https?:)[^)]+)\\)")) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
        assertThat(target).as(document + ": " + link).isRegularFile();
        if (parts.length > 1) {
          assertThat(anchors(target)).as(document + ": " + link).contains(parts[1]);
        }
      }
    }
  }

  @Test
  void profiles_and_test_classes_of_maven_commands_are_there() throws IOException {
    Set<String> profiles = matches("pom.xml", "<profile>\\s*(?:<!--.*?-->\\s*)?<id>([\\w-]+)</id>");
    try (Stream<Path> sources = Files.walk(Path.of("src"))) {
      Set<String> classes =
          sources
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.replace(".java", ""))
              .collect(Collectors.toSet());
      for (Path document : PrintedCommand.documents()) {
        for (String named : matches(document.toString(), "[ =]-P-?([\\w,-]+)")) {
          assertThat(profiles).as(document.toString()).contains(named.split(","));
        }
        for (String named :
            matches(
                document.toString(),
                "-D(?:test|benchmark)=(?!org\\.openjdk)(?:[\\w.]*\\.)?(\\w+)")) {
          assertThat(classes).as(document.toString()).contains(named);
        }
      }
    }
  }

  @Test
  void the_page_about_the_design_lists_all_packages() throws IOException {
    try (Stream<Path> packages = Files.list(Path.of("src/main/java/io/github/sumnet"))) {
      assertThat(matches("src/site/markdown/design.md", "(?m)^\\| `(\\w+)` \\|"))
          .isEqualTo(
              packages
                  .map(folder -> folder.getFileName().toString())
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @Test
  void blocks_say_what_they_hold() throws IOException {
    for (Path document : PrintedCommand.documents()) {
      List<String> fences =
          Files.readAllLines(document).stream().filter(l -> l.strip().startsWith("```")).toList();
      for (int i = 0; i < fences.size(); i += 2) {
        assertThat(fences.get(i).strip())
            .as(document.toString())
            .isIn("```sh", "```console", "```text", "```java", "```xml");
      }
    }
  }

  private static PrintedCommand firstOf(String command) throws IOException {
    return commands().stream().filter(each -> each.command().equals(command)).findFirst().get();
  }

  /** The command with few samples, without training steps, and with files of this test's folder. */
  private static List<String> cheapened(PrintedCommand printed) {
    List<String> arguments = new ArrayList<>();
    for (String argument : printed.arguments()) {
      boolean isFile = OF_THE_READER.matcher(argument).matches();
      arguments.add(isFile ? folder.resolve(argument).toString() : argument);
    }
    switch (printed.command()) {
      case "train" -> arguments.addAll(List.of("--dry-run", "--out", runs().toString()));
      case "evaluate", "report" -> arguments.addAll(List.of("--out", runs().toString()));
      case "check" -> {
        if (!printed.has("--form") && !printed.has("--step")) {
          arguments.addAll(List.of("--form", "short"));
        }
        if (!printed.has("--hidden")) {
          arguments.addAll(List.of("--hidden", "2"));
        }
      }
      case "generate" -> {
        if (!printed.has("--force")) {
          arguments.add("--force");
        }
        if (printed.has("--samples")) {
          arguments.set(arguments.indexOf("--samples") + 1, "1000");
        } else {
          arguments.addAll(List.of("--samples", "1000"));
        }
      }
      default -> {}
    }
    return arguments;
  }

  /** Every line that is shown was printed, but for numbers, and wherever lines were broken. */
  private static void assertLooksLike(Cli.Outcome outcome, List<String> shown) {
    String printed = shape((outcome.out() + outcome.err()).replaceAll(folder + "/(readme/)?", ""));
    assertThat(shown)
        .filteredOn(line -> !line.equals("..."))
        .allSatisfy(line -> assertThat(printed).contains(shape(line)));
  }

  private static String shape(String text) {
    return text.replaceAll("[+-]?\\d[\\d.,]*(e[+-]\\d+)?", "#").replaceAll("\\s+", " ").strip();
  }

  private static Set<String> matches(String file, String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** As Git hosts make them of headings. */
  private static Set<String> anchors(Path document) throws IOException {
    return matches(document.toString(), "(?m)^#+ ([^\\n]*)").stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static Path runs() {
    return folder.resolve("runs");
  }

  private static Cli.Outcome launch(String command) {
    Cli.Outcome outcome = Cli.launch(command.split(" ", -1));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }
}
