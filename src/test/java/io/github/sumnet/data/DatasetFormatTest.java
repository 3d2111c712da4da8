package io.github.sumnet.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.csv.CsvBatches;
import io.github.sumnet.data.csv.CsvFormat;
import io.github.sumnet.data.file.SampleFile;
import io.github.sumnet.data.npy.NpyBatches;
import io.github.sumnet.data.npy.NpyFormat;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

/** What is written is read back bit for bit. */
class DatasetFormatTest {
  private static Path folder;

  @BeforeContainer
  static void make_a_folder() throws IOException {
    folder = Files.createTempDirectory("formats");
  }

  @AfterContainer
  static void remove_it() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Provide
  Arbitrary<InputRange> ranges() {
    return InputRanges.all();
  }

  @Property(tries = 100)
  void a_numpy_file_of_either_type_and_order_holds_exactly_what_the_generator_gives(
      @ForAll long seed,
      @ForAll("ranges") InputRange range,
      @ForAll @IntRange(min = 1, max = 3000) int count,
      @ForAll @IntRange(min = 1, max = 1000) int block,
      @ForAll Precision stored,
      @ForAll boolean columnsTogether)
      throws IOException {
    SyntheticBatches source = new SyntheticBatches(seed, range, count);
    DatasetFormat format = new NpyFormat(stored, columnsTogether, count);

    StoredBatches read =
        SampleFile.open(Samples.write(folder.resolve("a.npy"), format, source, block));

    assertThat(read).isInstanceOf(NpyBatches.class);
    assertThat(read.samples()).isEqualTo(count);
    for (Precision precision : Precision.values()) {
      Samples.assertSame(Samples.readAll(read, precision), Samples.readAll(source, precision));
    }
  }

  @Property(tries = 100)
  void a_csv_file_for_double_holds_exactly_what_the_generator_gives(
      @ForAll long seed,
      @ForAll("ranges") InputRange range,
      @ForAll @IntRange(min = 1, max = 3000) int count,
      @ForAll @IntRange(min = 1, max = 1000) int block)
      throws IOException {
    SyntheticBatches source = new SyntheticBatches(seed, range, count);

    StoredBatches read =
        SampleFile.open(
            Samples.write(folder.resolve("a.csv"), new CsvFormat(Precision.DOUBLE), source, block));

    assertThat(read).isInstanceOf(CsvBatches.class);
    for (Precision precision : Precision.values()) {
      Samples.assertSame(Samples.readAll(read, precision), Samples.readAll(source, precision));
    }
  }

  @Property(tries = 50)
  void a_csv_file_for_float_reads_back_as_the_same_floats(
      @ForAll long seed,
      @ForAll("ranges") InputRange range,
      @ForAll @IntRange(min = 1, max = 3000) int count)
      throws IOException {
    SyntheticBatches source = new SyntheticBatches(seed, range, count);

    StoredBatches read =
        SampleFile.open(
            Samples.write(folder.resolve("f.csv"), new CsvFormat(Precision.FLOAT), source, count));

    Samples.assertSame(
        Samples.readAll(read, Precision.FLOAT), Samples.readAll(source, Precision.FLOAT));
  }

  @Provide
  Arbitrary<Double> anyFinite() {
    return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
  }

  @Tag("campaign")
  @Property
  void every_finite_number_survives_as_text_in_its_precision(
      @ForAll("anyFinite") double a, @ForAll("anyFinite") double b, @ForAll float c)
      throws IOException {
    Batch doubles = Batch.allocate(Precision.DOUBLE, 1);
    doubles.resize(1);
    doubles.set(0, a, b, a);
    Batch floats = Batch.allocate(Precision.FLOAT, 1);
    floats.resize(1);
    floats.set(0, c, -c, c);
    for (Batch batch : List.of(doubles, floats)) {
      Path file =
          Samples.write(
              folder.resolve("n.csv"), new CsvFormat(batch.precision()), new Fixed(batch), 1);
      Samples.assertSame(Samples.readAll(SampleFile.open(file), batch.precision()), batch);
    }
  }

  /** One sample. */
  private record Fixed(Batch batch) implements BatchSource {
    @Override
    public long samples() {
      return 1;
    }

    @Override
    public void read(long first, int count, Batch into) {
      into.resize(1);
      into.set(0, batch.x1(0), batch.x2(0), batch.y(0));
    }
  }

  @Test
  void text_has_the_fewest_digits_that_tell_a_number_from_its_neighbours() {
    Batch batch = Batch.allocate(Precision.DOUBLE, 2);
    batch.resize(2);
    batch.set(0, 0.1, 0.3, 0.1 + 0.2);
    // 2^-44: Java before 19 prints 5.6843418860808015E-14, one digit more than it takes.
    batch.set(1, 0x1p-44, Double.parseDouble("2e23"), 100);

    assertThat(text(Precision.DOUBLE, batch))
        .isEqualTo("0.1,0.3,0.30000000000000004\n5.684341886080802E-14,2.0E23,100.0\n");
    assertThat(text(Precision.FLOAT, batch)).isEqualTo("0.1,0.3,0.3\n5.684342E-14,2.0E23,100.0\n");
  }

  private static String text(Precision precision, Batch batch) {
    byte[] bytes = new CsvFormat(precision).encode(0, batch).get(0).bytes();
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
