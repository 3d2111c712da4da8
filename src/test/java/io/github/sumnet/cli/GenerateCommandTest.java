package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.file.SampleFile;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {
  /** More than two blocks. */
  private static final int SAMPLES = 150_000;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.npy, ''",
    "a.npy, --precision=double --order=fortran",
    "a.NPY, --precision=float --order=c",
    "a.csv, ''",
    "a.csv, --precision=double"
  })
  void a_file_has_the_samples_that_training_would_get(String name, String flags)
      throws IOException {
    Path file = folder.resolve(name);
    Cli.Outcome outcome =
        generate(file, "--samples=" + SAMPLES, "--seed=7", "--input-range=-1:2", flags);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith(file + ": 150,000 samples, ")
        .contains("%,d bytes".formatted(Files.size(file)));
    SyntheticBatches expected = new SyntheticBatches(7, new InputRange(-1, 2), SAMPLES);
    for (Precision precision : Precision.values()) {
      assertSame(SampleFile.open(file), expected, precision);
    }
    assertThat(names()).containsExactly(name);
  }

  private static void assertSame(
      StoredBatches found, SyntheticBatches expected, Precision precision) {
    Batch one = Batch.allocate(precision, SAMPLES);
    Batch other = Batch.allocate(precision, SAMPLES);
    found.read(0, SAMPLES, one);
    expected.read(0, SAMPLES, other);
    for (int i = 0; i < SAMPLES; i++) {
      if (one.x1(i) != other.x1(i) || one.x2(i) != other.x2(i) || one.y(i) != other.y(i)) {
        throw new AssertionError("sample " + i + " differs");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"npy", "csv"})
  void without_flags_it_is_the_million_samples_of_the_plain_training_run(String kind)
      throws IOException {
    Path file = folder.resolve("a." + kind);
    assertThat(generate(file).exitCode()).isZero();
    StoredBatches found = SampleFile.open(file);
    assertThat(found.samples()).isEqualTo(1_048_576);
    assertSame(found, new SyntheticBatches(42, InputRange.DEFAULT, 1_048_576), Precision.DOUBLE);
  }

  @Test
  void the_first_thousand_samples_are_those_of_the_datasets_folder() throws IOException {
    Path file = folder.resolve("a.csv");
    generate(file, "--samples=1000");
    assertThat(Files.readAllLines(file))
        .isEqualTo(Files.readAllLines(Path.of("datasets/sums-1000.csv")));
  }

  @Test
  void a_file_that_is_there_is_replaced_only_by_force() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "mine");
    Cli.Outcome outcome = generate(file, "--samples=10");

    assertUsage(outcome, file + " is there already; --force replaces it");
    assertThat(file).hasContent("mine");
    assertThat(names()).containsExactly("a.csv");

    assertThat(generate(file, "--samples=10", "--force").exitCode()).isZero();
    assertThat(SampleFile.open(file).samples()).isEqualTo(10);
    assertThat(names()).containsExactly("a.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.txt | --samples=10       | FILE must end in .npy or .csv, not be called a.txt
          a     | --samples=10       | FILE must end in .npy or .csv, not be called a
          a.npy | --samples=0        | --samples must be at least 1, not 0
          a.csv | --order=fortran    | --order is for .npy files; a.csv is none
          a.npy | --order=rows       | expected one of c, fortran, not 'rows'
          a.npy | --precision=half   | expected one of float, double, not 'half'
          a.npy | --input-range=1:0  | LOW < HIGH
          """)
  void wrong_values_are_usage_errors_and_leave_nothing(String name, String flag, String reason)
      throws IOException {
    assertUsage(generate(folder.resolve(name), flag), reason);
    assertThat(names()).isEmpty();
  }

  @Test
  void a_folder_that_is_not_there_or_is_a_file_is_a_usage_error() throws IOException {
    Path missing = folder.resolve("none/a.npy");
    assertUsage(generate(missing), "FILE: cannot write " + missing + ": ");
    Path inFile = Files.writeString(folder.resolve("file"), "x").resolve("a.npy");
    assertUsage(generate(inFile), "FILE: cannot write " + inFile + ": ");
  }

  @Test
  void what_was_begun_with_other_options_is_refused_until_it_is_forced() throws IOException {
    Path file = folder.resolve("a.npy");
    Files.writeString(folder.resolve("a.npy.part"), "abc");
    assertUsage(generate(file, "--samples=10"), "a.npy.part is in the way, and nothing says what");
    Files.writeString(
        folder.resolve("a.npy.part.properties"),
        "samples=10\nseed=9\nsamples-written=0\nbytes-written=3\n");

    assertUsage(
        generate(file, "--samples=10"), "a.npy.part was begun with other options", "seed=9");
    assertThat(folder.resolve("a.npy.part")).hasContent("abc");

    assertThat(generate(file, "--samples=10", "--force").exitCode()).isZero();
    assertThat(SampleFile.open(file).samples()).isEqualTo(10);
    assertThat(names()).containsExactly("a.npy");
  }

  private static void assertUsage(Cli.Outcome outcome, String... parts) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).startsWith("sumnet: ").contains(parts).hasLineCount(2);
    assertThat(outcome.out()).isEmpty();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Cli.Outcome generate(Path file, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("generate", file.toString()));
    for (String flag : flags) {
      Stream.of(flag.split(" ", -1)).filter(s -> !s.isEmpty()).forEach(arguments::add);
    }
    return Cli.launch(arguments.toArray(String[]::new));
  }
}
