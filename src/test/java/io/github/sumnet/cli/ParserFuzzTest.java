package io.github.sumnet.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.bench.BenchJson;
import io.github.sumnet.bench.Message;
import io.github.sumnet.bench.Sizes;
import io.github.sumnet.bench.result.BenchResult;
import io.github.sumnet.bench.result.Results;
import io.github.sumnet.bench.run.BenchJournal;
import io.github.sumnet.bench.run.Visit;
import io.github.sumnet.cli.option.ReplayOptions;
import io.github.sumnet.cli.option.WeightValues;
import io.github.sumnet.data.Batch;
import io.github.sumnet.data.Count;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.RealNumber;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.data.file.SampleFile;
import io.github.sumnet.data.file.UnusableFileException;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.DeviceRequest;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.explain.DecimalInput;
import io.github.sumnet.gradcheck.CheckedNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.CraftedCheckpoint;
import io.github.sumnet.train.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Whatever a file or an option holds, it is read or refused in one line: no other exception, no
 * hang, no memory that the input does not account for. A test run tries the inputs below; {@link
 * ParserFuzzing} looks for others.
 */
class ParserFuzzTest {
  /** In memory, where the system has such a folder: a campaign writes a file for every input. */
  private static final Path FOLDER = folder();

  private static final List<Consumer<String>> VALUES =
      List.of(
          text -> Count.parse(text, 0, Integer.MAX_VALUE),
          RealNumber::parse,
          DeviceRequest::parse,
          Sizes::parse,
          DecimalInput::parse,
          WeightValues::parse,
          InputRange::parse,
          Schedule::parse,
          Interval::parse);

  private static Path trained;

  private static Path folder() {
    Path memory = Path.of("/dev/shm");
    try {
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "sumnet-fuzz")
          : Files.createTempDirectory("sumnet-fuzz");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @AfterAll
  static void remove_the_files() throws IOException {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(each);
      }
    }
    trained = null;
  }

  /** Reads what another program may have written. */
  private interface Reader {
    void read() throws IOException;
  }

  private static void requireReadOrRefused(Reader reader) throws IOException {
    try {
      reader.read();
    } catch (OptionException refused) {
      // Repeats what was typed; Failures prints it without what commands a terminal.
      assertThat(refused.getMessage()).isNotBlank();
    } catch (DataException | UnusableFileException refused) {
      assertThat(refused.getMessage())
          .isNotBlank()
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
          .hasSizeLessThan(2_000);
    }
  }

  private static Path file(String name, byte[] content) throws IOException {
    Files.createDirectories(FOLDER);
    return Files.write(FOLDER.resolve(name), content);
  }

  static Stream<byte[]> npy() {
    byte[] numbers = new byte[72];
    return Stream.concat(
        Stream.of("<f4", ">f8", "|O", "<f2")
            .flatMap(
                type ->
                    Stream.of("(3, 3)", "(2, 3)", "(768614336404564651, 3)", "(0, 3)", "()")
                        .map(
                            shape ->
                                "\u0093NUMPY\1\0v\0{'descr': '"
                                    + type
                                    + "', 'fortran_order': False, 'shape': "
                                    + shape
                                    + ", }"))
            .map(header -> join(padded(header), numbers)),
        Stream.of("\u0093NUMPY", "\u0093NUMPY\3\0\377\377\377\377").map(ParserFuzzTest::bytes));
  }

  private static byte[] padded(String header) {
    return bytes(header + " ".repeat(Math.max(0, 127 - header.length())) + "\n");
  }

  @MethodSource
  @ParameterizedTest
  void npy(byte[] content) throws IOException {
    Path file = file("a.npy", content);
    requireReadOrRefused(() -> readSamples(file));
  }

  static Stream<byte[]> csv() {
    return Stream.of(
            "x1,x2,y\n0.1,0.2,0.3\n",
            "x1,x2,y\r\n1e-5,-0.0,.5\r\n0x1p-3,1,2",
            "\uFEFFx1,x2,y\n\n\"0.1\",\"0.2\",\"0.3\"\n",
            "x1,x2,y\n0.1f,NaN,Infinity\n",
            "x1,x2,y\n0.1,0.2\n",
            "x1,x2,y\n\"0.1,0.2,0.3\n",
            "x1,\"x2\"\u0001,y\n0.1,0.2,0.3\n",
            "x1,x2,y\n0.1,\"0.2\"\u001b,0.3\n",
            "x1,x2,y\n" + "9".repeat(1000) + "e-1000,1e999999999,0\n",
            "x1,x2,y\n0.1,0.2,0.3\0\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @ParameterizedTest
  void csv(byte[] content) throws IOException {
    Path file = file("a.csv", content);
    requireReadOrRefused(() -> readSamples(file));
  }

  private static void readSamples(Path file) throws IOException {
    StoredBatches samples = SampleFile.open(file);
    Batch batch = Batch.allocate(Precision.DOUBLE, 64);
    int count = (int) Math.min(samples.samples(), 64);
    samples.read(0, count, batch);
    samples.read(samples.samples() - count, count, batch);
    assertThat(samples.place(samples.samples() - 1, 2)).startsWith(file.toString());
  }

  private static Path trained() throws IOException {
    if (trained == null) {
      Files.createDirectories(FOLDER);
      BackendBinding.bind(Device.CPU);
      Runs runs = new Runs(FOLDER);
      assertThat(runs.train("-q --device cpu --samples 100 --steps 1").exitCode()).isZero();
      trained = Files.copy(runs.lastFile(1), FOLDER.resolve("good.zip"));
    }
    return trained;
  }

  static Stream<byte[]> checkpoint() throws IOException {
    return Stream.of(Files.readAllBytes(trained()), bytes("PK\3\4"));
  }

  @MethodSource
  @ParameterizedTest
  void checkpoint(byte[] content) throws IOException {
    Path file = file("damaged.zip", content);
    requireReadOrRefused(() -> Checkpoint.read(file));
  }

  private static final List<String> ENTRIES =
      List.of(
          "coefficients.bin",
          "updaterState.bin",
          "sumnet/plan.properties",
          "sumnet/position.properties",
          "configuration.json");

  static Stream<byte[]> crafted() throws IOException {
    Checkpoint good = Checkpoint.read(trained());
    return Stream.of(
        join(new byte[] {0}, good.coefficients()),
        join(new byte[] {1}, good.updaterState()),
        bytes("\2samples=100\nbatch-size=64\nhidden=2\nprecision=float\nseed=1\n"),
        bytes("\2samples=${env:HOME}\nbatch-size=1e99\nhidden=\\u0000\n"),
        bytes("\3step=1\nbest-loss=0.1\nevaluations-since-best=0\nseconds-training=1\nsum=tree\n"),
        bytes("\3step=99999999999\nbest-loss=NaN\n"));
  }

  /** An entry of a checkpoint, its first byte says which, under checksums that are right. */
  @MethodSource
  @ParameterizedTest
  void crafted(byte[] content) throws IOException {
    if (content.length == 0) {
      return;
    }
    String entry = ENTRIES.get(Math.floorMod(content[0], ENTRIES.size()));
    byte[] rest = Arrays.copyOfRange(content, 1, content.length);
    Path file = CraftedCheckpoint.with(trained(), entry, rest);
    requireReadOrRefused(
        () -> {
          Checkpoint read = Checkpoint.read(file);
          read.warnings();
          read.requireMoreToDo(read.plan().training());
        });
  }

  static Stream<byte[]> bench() {
    String whole = Results.result().toJson();
    return Stream.of(
            whole,
            whole.replaceFirst(",\\s*\"sha256\": \"[0-9a-f]*\"", ""),
            "{\"schemaVersion\": 1e999999999}",
            whole.substring(0, whole.length() / 2),
            "[".repeat(100_000),
            "{\"schemaVersion\": 1, \"rows\": null}")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @ParameterizedTest
  void bench(byte[] content) throws IOException {
    requireReadOrRefused(
        () -> BenchJson.parseChecked("bench.json", new String(content, UTF_8), BenchResult.class));
  }

  static Stream<byte[]> journal() throws IOException {
    Files.createDirectories(FOLDER);
    Path folder = Files.createTempDirectory(FOLDER, "journal");
    BenchJournal.create(folder, Results.environment(), Results.plan()).close();
    byte[] header = Files.readAllBytes(folder.resolve(BenchJournal.NAME));
    Visit visit = new Visit(1, Results.plan().cases().get(0), new Message.Failed("no"));
    byte[] line = (BenchJson.checkedLine(visit) + "\n").getBytes(UTF_8);
    return Stream.of(
        join(header, line),
        join(header, bytes("{\"fork\": 1}\n{\"fork\":")),
        join(header, bytes("{\"fork\": 1, \"said\": {\"failed\": {}}}\n")),
        bytes("{}\n"));
  }

  @MethodSource
  @ParameterizedTest
  void journal(byte[] content) throws IOException {
    Path file = file(BenchJournal.NAME, content);
    requireReadOrRefused(() -> BenchJournal.resume(file, plan -> Results.environment()).close());
  }

  static Stream<byte[]> config() {
    return Stream.of(
            "batch-size=4096\nepochs=3\n",
            "batch-size=64Ki\nsamples=1e6\ndevice=cpu\nschedule=exponential:0.5@epoch\n",
            "epochs=${env:HOME}\n",
            "batch-size=1\nbatch-size=2\n",
            "hostname=\\uZZZZ\n",
            "seed=\\u001b[2J\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @ParameterizedTest
  void config(byte[] content) throws IOException {
    // A message may quote what was given, but the word stands for a stack trace below.
    String text = new String(content, ISO_8859_1).replace("Exception", "exception");
    Path file = file("config.properties", text.getBytes(ISO_8859_1));
    Cli.Outcome outcome = Cli.launch("train", "--print-config", "--config", file.toString());

    assertThat(outcome.exitCode()).as(outcome.err()).isIn(0, 2);
    assertThat(outcome.err()).doesNotContainPattern("\tat |Exception|[\\p{Cc}&&[^\n]]");
    assertThat(outcome.err().lines().count()).isLessThan(5);
  }

  static Stream<byte[]> replay() {
    return Stream.of(
            "0.1,0.2,0.3,0.4,0.5,0.6\n0.1,0.2,0.3 0.4,0.5,0.9 / 0x1p-3,0,1",
            "1,2\n1,2,3",
            "1,2,3,4,5,6\n/ /",
            "NaN,1,1,1,1,1\n1e999,1,1",
            "\n")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @ParameterizedTest
  void replay(byte[] content) throws IOException {
    List<String> lines = new ArrayList<>(List.of(new String(content, UTF_8).split("\n", -1)));
    String weights = lines.remove(0);
    List<String> arguments = new ArrayList<>(List.of("--weights=" + weights));
    lines.forEach(step -> arguments.add("--step=" + step));
    requireReadOrRefused(
        () -> {
          ReplayOptions options = new ReplayOptions();
          try {
            new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
          } catch (CommandLine.ParameterException incomplete) {
            return;
          }
          EngineSpec engine =
              new EngineSpec(
                  EngineType.DL4J,
                  Device.CPU,
                  Precision.FLOAT,
                  Topology.DEFAULT,
                  UpdaterConfig.sgd(1),
                  1);
          options.require(List.of(CheckedNetwork.of(engine)));
          assertThat(options.weights()).hasSize(6);
        });
  }

  static Stream<byte[]> values() {
    return Stream.of(
            "65536",
            "64Ki",
            "1e6",
            "1e999999999",
            "0x1p-3",
            "0.1f",
            "NaN",
            "opencl:1",
            "32..1024*4",
            "1k..64Ki*4",
            "1..9223372036854775807+1",
            "1/3",
            "0.1,0.2",
            "0:0.5",
            "-1e300:1e300",
            "step:0.5@epoch/10",
            "exponential:0.5@epoch",
            "10s",
            "1h30m",
            "99999999999999999999d",
            "\u0661\u0662",
            "-",
            "")
        .flatMap(
            text ->
                Stream.iterate(0, i -> i < VALUES.size(), i -> i + 1)
                    .map(i -> join(new byte[] {i.byteValue()}, text.getBytes(UTF_8))));
  }

  /** An option's value; the first byte says which option's. */
  @MethodSource
  @ParameterizedTest
  void values(byte[] content) {
    if (content.length == 0) {
      return;
    }
    String text = new String(content, 1, content.length - 1, UTF_8);
    try {
      VALUES.get(Math.floorMod(content[0], VALUES.size())).accept(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(ISO_8859_1);
  }

  private static byte[] join(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
