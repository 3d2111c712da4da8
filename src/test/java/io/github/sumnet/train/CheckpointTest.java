package io.github.sumnet.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.file.SampleFiles;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.WorkedExample;
import io.github.sumnet.network.XavierInit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a checkpoint keeps, and that nothing but a whole one is believed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CheckpointTest {
  private static final Slicing SLICING = new Slicing(300, 64, 64);
  private static final StopRule STEPS = new StopRule(0, 7, 0, 0);

  @TempDir static Path trained;
  @TempDir Path folder;
  private Path good;

  @BeforeAll
  static void train_a_little() throws InterruptedException {
    train(Precision.FLOAT, Trained.ADAM, trained.resolve("last.zip"));
  }

  @BeforeEach
  void copy_the_checkpoint() throws IOException {
    good = Files.copy(trained.resolve("last.zip"), folder.resolve("good.zip"));
  }

  private static RunPlan plan(Precision precision, UpdaterConfig updater) {
    return Trained.run(Trained.plan(precision, SLICING, updater, STEPS));
  }

  private static void train(Precision precision, UpdaterConfig updater, Path file)
      throws InterruptedException {
    try (Trained trained = new Trained(plan(precision, updater).training(), 1, file)) {
      trained.train();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SGD, FLOAT",
    "SGD, DOUBLE",
    "NESTEROVS, FLOAT",
    "NESTEROVS, DOUBLE",
    "ADAM, FLOAT",
    "ADAM, DOUBLE"
  })
  void what_is_written_is_what_is_read_and_written_again(
      UpdaterConfig.Kind kind, Precision precision) throws Exception {
    UpdaterConfig updater = new UpdaterConfig(kind, 0.05, Schedule.CONSTANT);
    train(precision, updater, good);
    Checkpoint read = Checkpoint.read(good);

    assertThat(read.plan().properties()).isEqualTo(plan(precision, updater).properties());
    assertThat(read.inputs()).isEqualTo(Trained.INPUTS);
    assertThat(read.provenance()).isEqualTo("{}");
    assertThat(read.position().step()).isEqualTo(7);
    assertThat(read.position().bestLoss()).isBetween(0.0, 0.1);
    assertThat(read.position().secondsTraining()).isPositive();
    assertThat(read.updaterState().length == 0).isEqualTo(kind == UpdaterConfig.Kind.SGD);
    try (Engine engine = engine(precision, Topology.DEFAULT, updater)) {
      read.restore(engine.model());
      assertThat(engine.model().iteration()).isEqualTo(7);
      Path again = folder.resolve("again.zip");
      Checkpoint.write(
          again, engine.model(), read.plan(), read.position(), read.inputs(), read.provenance());
      Checkpoint second = Checkpoint.read(again);
      assertThat(second.coefficients()).isEqualTo(read.coefficients());
      assertThat(second.updaterState()).isEqualTo(read.updaterState());
      assertThat(second.position()).isEqualTo(read.position());
    }
  }

  @Test
  void text_that_properties_must_escape_comes_back() throws Exception {
    RunPlan generated = plan(Precision.FLOAT, Trained.ADAM);
    SampleFiles files = new SampleFiles(Path.of(" #x\\:y\nz ü€ "), null, true, false, "=!", null);
    RunPlan awkward =
        new RunPlan(generated.engine(), generated.training(), generated.inputRange(), files, 0);
    try (Engine engine = engine(Precision.FLOAT, Topology.DEFAULT, Trained.ADAM)) {
      Checkpoint.write(good, engine.model(), awkward, Position.START, Trained.INPUTS, "{\"ü\": 1}");
    }

    Checkpoint read = Checkpoint.read(good);
    assertThat(read.plan().files()).isEqualTo(files);
    assertThat(read.position()).isEqualTo(Position.START);
    assertThat(read.provenance()).isEqualTo("{\"ü\": 1}");
  }

  @Test
  void a_rate_that_falls_by_the_epoch_is_the_same_after_restoring() throws Exception {
    UpdaterConfig byEpoch =
        new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.1, Schedule.parse("exponential:0.5@epoch"));
    train(Precision.FLOAT, byEpoch, good);

    try (Engine engine = engine(Precision.FLOAT, Topology.DEFAULT, byEpoch)) {
      Checkpoint.read(good).restore(engine.model());

      // 7 steps of 5 an epoch: the last one was in the second epoch.
      assertThat(engine.model().learningRate()).isEqualTo(0.05);
    }
  }

  @Test
  void deeplearning4j_opens_it_and_sees_the_same_weights_updater_and_iteration() throws Exception {
    BackendBinding.bind(Device.CPU);
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(good.toFile(), true);

    try (Engine engine = engine(Precision.FLOAT, Topology.DEFAULT, Trained.ADAM)) {
      Checkpoint.read(good).restore(engine.model());
      double[] w = engine.model().weights().toArray();
      assertThat(network.params().toDoubleVector())
          .containsExactly(w[0], w[2], w[1], w[3], w[4], w[5]);
    }
    assertThat(network.getIterationCount()).isEqualTo(7);
    assertThat(network.getUpdater().getStateViewArray().length()).isEqualTo(12);
  }

  @Test
  void cut_off_after_any_number_of_bytes_it_is_refused() throws IOException {
    Path cut = Files.copy(good, folder.resolve("cut.zip"));
    int whole = Math.toIntExact(Files.size(good));
    Map<String, Integer> refusals = new HashMap<>();
    try (FileChannel bytes = FileChannel.open(cut, StandardOpenOption.WRITE)) {
      for (int length = whole - 1; length >= 0; length--) {
        bytes.truncate(length);
        refusals.merge(refusal(cut), 1, Integer::sum);
      }
    }
    assertThat(refusals.values().stream().mapToInt(n -> n).sum()).isEqualTo(whole);
    refusals.keySet().forEach(message -> assertThatItIsOneLine(message, cut));
  }

  @Tag("campaign")
  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80})
  void with_any_bit_flipped_it_is_refused_or_says_the_same(int change) throws IOException {
    byte[] bytes = Files.readAllBytes(good);
    Checkpoint unchanged = Checkpoint.read(good);
    Path flipped = Files.copy(good, folder.resolve("flipped.zip"));
    int refused = 0;
    try (FileChannel file = FileChannel.open(flipped, StandardOpenOption.WRITE)) {
      for (int i = 0; i < bytes.length; i++) {
        file.write(ByteBuffer.wrap(new byte[] {(byte) (bytes[i] ^ change)}), i);
        try {
          assertThatItIsTheSame(flipped, unchanged);
        } catch (DataException damaged) {
          refused++;
        }
        file.write(ByteBuffer.wrap(bytes, i, 1), i);
      }
    }
    if (Boolean.getBoolean("sumnet.damage")) {
      System.out.printf(
          Locale.ROOT,
          "%,d of %,d flips of bit %02x of a checkpoint are refused, the others change nothing%n",
          refused,
          bytes.length,
          change);
    }
    assertThat(refused).isGreaterThan(bytes.length / 2);
  }

  private static void assertThatItIsTheSame(Path file, Checkpoint unchanged) {
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.plan().properties()).isEqualTo(unchanged.plan().properties());
    assertThat(read.position()).isEqualTo(unchanged.position());
    assertThat(read.inputs()).isEqualTo(unchanged.inputs());
    assertThat(read.sumsInLine()).isEqualTo(unchanged.sumsInLine());
    assertThat(read.provenance()).isEqualTo(unchanged.provenance());
    assertThat(read.coefficients()).isEqualTo(unchanged.coefficients());
    assertThat(read.updaterState()).isEqualTo(unchanged.updaterState());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"preprocessor.bin", "normalizer.bin", "other.txt", "../../escape", "sumnet/", ""})
  void an_entry_that_does_not_belong_is_refused_by_its_name(String name) throws IOException {
    Path crafted = CraftedCheckpoint.withEntry(good, name, "rO0ABXNy".getBytes(UTF_8));

    assertThatThrownBy(() -> Checkpoint.read(crafted))
        .isInstanceOf(DataException.class)
        .hasMessage(crafted + " is not a checkpoint of sumnet: unexpected entry '" + name + "'");
    assertThatItIsRefused(CraftedCheckpoint.with(good, name, new byte[3]));
  }

  @Test
  void content_that_the_checksums_are_not_of_is_refused() throws IOException {
    Path crafted =
        CraftedCheckpoint.withStaleChecksums(
            good, "sumnet/plan.properties", "batch-size=65\nseed=1\n".getBytes(UTF_8));

    assertThatThrownBy(() -> Checkpoint.read(crafted))
        .isInstanceOf(DataException.class)
        .hasMessage(
            crafted
                + " is damaged: its content does not match its checksums; use another checkpoint");
  }

  @Test
  void an_entry_that_is_there_twice_is_refused() throws IOException {
    Path crafted = CraftedCheckpoint.withEntry(good, "coefficients.bia", new byte[137]);
    byte[] bytes = Files.readAllBytes(crafted);
    byte[] from = "coefficients.bia".getBytes(UTF_8);
    for (int i = 0; i + from.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + from.length, from, 0, from.length)) {
        bytes[i + from.length - 1] = 'n';
      }
    }
    Files.write(crafted, bytes);

    assertThatThrownBy(() -> Checkpoint.read(crafted))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("unexpected entry 'coefficients.bin'");
  }

  @Test
  void a_zip_bomb_is_refused_without_inflating_it() throws IOException {
    Path bomb = CraftedCheckpoint.bomb(folder.resolve("bomb.zip"));
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();

    assertThatThrownBy(() -> Checkpoint.read(bomb))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("entry 'coefficients.bin' is larger than 1048576 bytes");
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
  }

  @Test
  void a_huge_file_is_refused_without_reading_it() throws IOException {
    Path huge = folder.resolve("huge.zip");
    try (OutputStream out = Files.newOutputStream(huge)) {
      out.write(Files.readAllBytes(good));
      out.write(new byte[8 << 20]);
    }

    assertThatThrownBy(() -> Checkpoint.read(huge))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("it is larger than 7340032 bytes");
  }

  @Test
  void names_and_texts_of_a_crafted_file_cannot_write_to_a_terminal() throws IOException {
    String evil = "\u001b[2J\u009b31m\n\u202eevil" + "x".repeat(10_000);

    assertThatItIsRefused(CraftedCheckpoint.withEntry(good, evil, new byte[0]));
    assertThatItIsRefused(
        CraftedCheckpoint.with(
            good, "sumnet/position.properties", ("step=" + evil).getBytes(UTF_8)));
  }

  @Test
  void weights_that_claim_to_be_many_are_refused_without_making_room_for_them() throws Exception {
    Path crafted = CraftedCheckpoint.withTooManyWeights(good);

    assertThatRestoringFails(crafted, Precision.FLOAT, Topology.DEFAULT, Trained.ADAM)
        .hasMessageContaining("the weights are not 6 numbers of type FLOAT");
  }

  @Test
  void weights_that_are_not_numbers_are_refused() throws Exception {
    assertThatRestoringFails(
            CraftedCheckpoint.withWeightNotANumber(good),
            Precision.FLOAT,
            Topology.DEFAULT,
            Trained.ADAM)
        .hasMessageContaining("holds weights that are not finite");
  }

  @Test
  void weights_of_another_network_precision_or_updater_are_refused() throws Exception {
    assertThatRestoringFails(good, Precision.DOUBLE, Topology.DEFAULT, Trained.ADAM)
        .hasMessageContaining("does not fit a 2-2-1 network in double");
    assertThatRestoringFails(good, Precision.FLOAT, new Topology(3), Trained.ADAM)
        .hasMessageContaining("does not fit a 2-3-1 network in float");
    assertThatRestoringFails(good, Precision.FLOAT, Topology.DEFAULT, UpdaterConfig.sgd(1))
        .hasMessageContaining("updater sgd has no state");
    assertThatRestoringFails(
            good,
            Precision.FLOAT,
            Topology.DEFAULT,
            new UpdaterConfig(UpdaterConfig.Kind.NESTEROVS, 0.1, Schedule.CONSTANT))
        .hasMessageContaining("the updater's state are not 6 numbers of type FLOAT");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertThatRestoringFails(
      Path file, Precision precision, Topology topology, UpdaterConfig updater) {
    try (Engine engine = engine(precision, topology, updater)) {
      return assertThatThrownBy(() -> Checkpoint.read(file).restore(engine.model()))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "step=1",
        "step=-1",
        "step=2147483648",
        "step=1e3",
        "step=9\nbest-loss=NaN",
        "best-loss=-1",
        "evaluations-since-best=-1",
        "evaluations-since-best=4294967296",
        "seconds-training=-1",
        "seconds-training=NaN",
        "seconds-training=Infinity",
        "sum=other",
        "x1-low=0",
        "x1-low=0\nx1-high=1\nx2-low=0\nx2-high=many",
        "step=\\uZZZZ"
      })
  void a_position_that_no_run_can_have_is_refused(String lines) throws IOException {
    String complete =
        lines.isEmpty() || lines.equals("step=1")
            ? lines
            : "step=1\nbest-loss=1\nevaluations-since-best=1\nseconds-training=1\n" + lines;
    assertThatItIsRefused(
        CraftedCheckpoint.with(good, "sumnet/position.properties", complete.getBytes(UTF_8)));
  }

  @Test
  void it_says_how_chunks_are_added_and_one_that_does_not_is_from_before_the_tree()
      throws IOException {
    assertThat(new String(CheckpointZip.read(good).get("sumnet/position.properties"), UTF_8))
        .contains("sum=tree\n");
    assertThat(Checkpoint.read(good).sumsInLine()).isFalse();

    Path older = CraftedCheckpoint.withSumsInLine(good);
    assertThat(Checkpoint.read(older).sumsInLine()).isTrue();
    assertThat(Checkpoint.read(older).position()).isEqualTo(Checkpoint.read(good).position());
  }

  @Test
  void a_file_whose_directory_lists_something_else_is_refused() throws IOException {
    assertThatThrownBy(() -> Checkpoint.read(CraftedCheckpoint.withAnotherDirectory(good)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its directory does not list what it holds");
  }

  @Test
  void a_model_that_was_not_made_here_is_refused() throws Exception {
    Path other = folder.resolve("other.zip");
    try (Engine engine = engine(Precision.FLOAT, Topology.DEFAULT, Trained.ADAM);
        OutputStream out = Files.newOutputStream(other)) {
      engine.model().write(out);
    }

    assertThatThrownBy(() -> Checkpoint.read(other))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not a checkpoint of sumnet, or is cut off: it has no checksums");
  }

  @Test
  void what_is_no_zip_is_refused() throws IOException {
    assertThatItIsRefused(Files.write(folder.resolve("empty"), new byte[0]));
    assertThatItIsRefused(Files.writeString(folder.resolve("text"), "hello"));
    assertThatItIsRefused(folder);
    assertThatItIsRefused(folder.resolve("nothing"));
    assertThatItIsRefused(Path.of("/dev/null"));
    assertThatItIsRefused(Files.write(folder.resolve("zip"), emptyZip()));
    byte[] noise = new byte[4096];
    new Random(1).nextBytes(noise);
    noise[0] = 'P';
    noise[1] = 'K';
    noise[2] = 3;
    noise[3] = 4;
    assertThatItIsRefused(Files.write(folder.resolve("noise"), noise));
  }

  private static byte[] emptyZip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("configuration.json"));
    }
    return bytes.toByteArray();
  }

  /** With one line that names the file. */
  private static void assertThatItIsRefused(Path file) {
    assertThatItIsOneLine(refusal(file), file);
  }

  private static String refusal(Path file) {
    try {
      return fail("read as if it were whole: " + Checkpoint.read(file));
    } catch (DataException refused) {
      return refused.getMessage();
    }
  }

  private static void assertThatItIsOneLine(String message, Path file) {
    assertThat(message)
        .contains(file.toString())
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]|: null$")
        .hasSizeLessThan(600);
  }

  private static Engine engine(Precision precision, Topology topology, UpdaterConfig updater) {
    BackendBinding.bind(Device.CPU);
    return Engine.create(
        new EngineSpec(EngineType.DL4J, Device.CPU, precision, topology, updater, 1),
        topology.equals(Topology.DEFAULT)
            ? WorkedExample.WEIGHTS
            : XavierInit.weights(topology, 1));
  }
}
