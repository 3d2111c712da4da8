package io.github.sumnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchResultTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("bench.json");
  }

  @Test
  void what_is_written_is_read_back() throws IOException {
    Files.writeString(file, Results.result().toJson());
    assertThat(BenchResult.read(file)).isEqualTo(Results.result());
  }

  @Test
  void constants_are_written_as_they_are_given_on_the_command_line() {
    assertThat(Results.result().toJson())
        .contains("\"engine\": \"dl4j-fit\"", "\"device\": \"cuda\"", "\"verdict\": \"from\"");
  }

  @ParameterizedTest
  @CsvSource({"2,a newer sumnet wrote it", "99,a newer sumnet wrote it", "0,measure again"})
  void another_schema_version_is_refused(int version, String advice) throws IOException {
    String text = Results.result().toJson();
    Files.writeString(file, text.replace("\"schemaVersion\": 1", "\"schemaVersion\": " + version));
    assertThatThrownBy(() -> BenchResult.read(file))
        .isInstanceOf(BenchFileException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("schema version " + version)
        .hasMessageContaining(advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|there is nothing in it",
        "[1, 2]|JsonArray",
        "{}|no schemaVersion",
        "{\"schemaVersion\": \"one\"}|no schemaVersion",
        "{\"schemaVersion\": 1}|a value is missing",
        "{\"schemaVersion\": 1|End of input",
      })
  void what_is_no_result_is_refused(String text, String complaint) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> BenchResult.read(file))
        .isInstanceOf(BenchFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContainingAll(complaint);
  }

  @Test
  void an_engine_that_this_sumnet_does_not_know_is_named() throws IOException {
    Files.writeString(file, Results.result().toJson().replace("\"dl4j-fit\"", "\"abacus\""));
    assertThatThrownBy(() -> BenchResult.read(file)).hasMessageContaining("'abacus' is none of");
  }
}
