package io.github.sumnet.bench.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.bench.BenchEnvironment;
import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.BenchPlan;
import io.github.sumnet.data.DataException;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.device.opencl.OpenClDevice;
import io.github.sumnet.report.bench.BenchReport;
import io.github.sumnet.report.document.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
  void a_result_of_before_opencl_was_measured_is_read_as_one_without_it() throws IOException {
    String text = withoutChecksum();
    String before = text.replaceAll("(?m)^ *\"(openCl|number|kind)\": .*\n", "");
    assertThat(before).hasSizeLessThan(text.length()).doesNotContainIgnoringCase("opencl");
    Files.writeString(file, before);
    assertThat(BenchResult.read(file)).isEqualTo(Results.result());
  }

  @Test
  void the_opencl_device_that_was_asked_for_is_read_back() throws IOException {
    BenchPlan plan = Results.planOf(DeviceRequest.openCl(1));
    BenchResult result =
        new BenchResult(
            BenchJson.SCHEMA_VERSION,
            true,
            Results.environment(
                new BenchEnvironment.DeviceState(
                    Device.OPENCL, 1, OpenClDevice.Kind.GPU, "a card", null)),
            plan,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    Files.writeString(file, result.toJson());
    assertThat(file).content().contains("\"openCl\": \"opencl:1\"");
    assertThat(BenchResult.read(file)).isEqualTo(result);
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
        .isInstanceOf(DataException.class)
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
        "{\"schemaVersion\": 1.5}|no schemaVersion",
        "{\"schemaVersion\": 1e999999999}|no schemaVersion",
        "{\"schemaVersion\": 1}|a value is missing",
        "{\"schemaVersion\": 1|End of input",
      })
  void what_is_no_result_is_refused(String text, String complaint) throws IOException {
    Files.writeString(file, text);
    assertThatThrownBy(() -> BenchResult.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContainingAll(complaint);
  }

  @Test
  void an_engine_that_this_sumnet_does_not_know_is_named() throws IOException {
    Files.writeString(file, withoutChecksum().replace("\"dl4j-fit\"", "\"abacus\""));
    assertThatThrownBy(() -> BenchResult.read(file)).hasMessageContaining("'abacus' is none of");
  }

  /** As it was written before there were checksums. */
  private static String withoutChecksum() {
    return Results.result().toJson().replaceFirst(",\\s*\"sha256\": \"[0-9a-f]{64}\"", "");
  }

  @Test
  void a_result_of_before_checksums_is_read() throws IOException {
    assertThat(withoutChecksum()).doesNotContain("sha256");
    Files.writeString(file, withoutChecksum());
    assertThat(BenchResult.read(file)).isEqualTo(Results.result());
  }

  @Test
  void what_json_prints_is_a_result_too() throws IOException {
    Files.writeString(file, OutputFormat.JSON.of(new BenchReport("0001", Results.result())));
    assertThat(BenchResult.read(file)).isEqualTo(Results.result());
  }

  @Test
  void cut_off_after_any_number_of_bytes_it_is_refused() {
    byte[] whole = Results.result().toJson().getBytes(UTF_8);
    for (int length = whole.length - 1; length >= 0; length--) {
      assertThat(isSame(Arrays.copyOf(whole, length))).as("cut to %d bytes", length).isFalse();
    }
  }

  @Test
  void with_any_byte_damaged_it_is_refused_or_says_the_same() {
    byte[] bytes = Results.result().toJson().getBytes(UTF_8);
    int refused = 0;
    for (int i = 0; i < bytes.length; i++) {
      refused += refusals(bytes, i, 1 << i % 8);
    }
    assertThat(refused).isGreaterThan(bytes.length / 2);
  }

  @Test
  @Tag("campaign")
  void with_any_bit_flipped_it_is_refused_or_says_the_same() {
    byte[] bytes = Results.result().toJson().getBytes(UTF_8);
    int refused = 0;
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      refused += refusals(bytes, bit / 8, 1 << bit % 8);
    }
    System.out.printf(
        Locale.ROOT,
        "%,d of %,d single-bit flips of a benchmark are refused, the others change nothing%n",
        refused,
        8 * bytes.length);
    assertThat(refused).isGreaterThan(4 * bytes.length);
  }

  private static int refusals(byte[] bytes, int place, int flipped) {
    bytes[place] ^= (byte) flipped;
    boolean same = isSame(bytes);
    bytes[place] ^= (byte) flipped;
    return same ? 0 : 1;
  }

  /** Whether it is read as what was written; false if it is refused. */
  private static boolean isSame(byte[] bytes) {
    BenchResult read;
    try {
      read = BenchJson.parseChecked("place", new String(bytes, UTF_8), BenchResult.class);
    } catch (DataException damaged) {
      return false;
    }
    assertThat(read).isEqualTo(Results.result());
    return true;
  }
}
