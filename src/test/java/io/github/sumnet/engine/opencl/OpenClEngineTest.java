package io.github.sumnet.engine.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.ChunkReader;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.ResidentChunks;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.data.npy.NpyBatches;
import io.github.sumnet.data.npy.NpyBytes;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClBuffer;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClException;
import io.github.sumnet.device.opencl.OpenClQueue;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.HostVector;
import io.github.sumnet.engine.NeedsExactOpenCl;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.Transfers;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.XavierInit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The fused engine on an OpenCL device, bit by bit against the one on the CPU. */
@AddLifecycleHook(NeedsExactOpenCl.class)
class OpenClEngineTest {
  @BeforeContainer
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  /** A network, its updater, and where it computes. */
  private record Case(Precision precision, Topology topology, UpdaterConfig updater, long seed) {
    EngineSpec on(Device device) {
      return new EngineSpec(EngineType.FUSED, device, precision, topology, updater, 1);
    }

    Weights weights() {
      return XavierInit.weights(topology, seed);
    }

    Engine cpu() {
      return Engine.create(on(Device.CPU), weights());
    }

    Engine openCl() {
      return Engine.create(on(Device.OPENCL), weights());
    }

    Engine openCl(Shape shape) {
      return openCl(shape.groups(precision));
    }

    Engine openCl(OpenClEngine.Groups groups) {
      Dl4jModel model = new Dl4jModel(topology, precision, updater);
      model.setWeights(weights());
      return OpenClEngine.of(on(Device.OPENCL), model, OpenClContext.of(0), groups);
    }
  }

  /** How work is shared out among work items; each one takes PoCL's compiler some seconds. */
  private enum Shape {
    /** A work item has all lanes, as on a CPU; steps of one launch, or many a launch. */
    VECTORS(1, 1, 16, 0, true),
    /** The same where groups cannot count themselves. */
    VECTORS_IN_TWO_LAUNCHES(1, 0, 16, 0, false),
    SOME_LANES(5, 5, 4, 0, true),
    /** A lane for each work item, as on a GPU that has no more of them; these have own memory. */
    LANES(24, 0, 1, 0, true),
    /** A sample for each work item, as on a GPU that has more of them than a batch has lanes. */
    SAMPLES(40, 72, 1, Integer.MAX_VALUE, true),
    SAMPLES_IN_TWO_LAUNCHES(64, 0, 1, Integer.MAX_VALUE, false);

    private final int group;
    private final int alone;
    private final int width;
    private final int busy;
    private final boolean counted;

    Shape(int group, int alone, int width, int busy, boolean counted) {
      this.group = group;
      this.alone = alone;
      this.width = width;
      this.busy = busy;
      this.counted = counted;
    }

    OpenClEngine.Groups groups(Precision precision) {
      return groups(precision, 1 << 20);
    }

    OpenClEngine.Groups groups(Precision precision, long chunkBytes) {
      return groups(precision, chunkBytes, 0);
    }

    OpenClEngine.Groups groups(Precision precision, long chunkBytes, long fileBytes) {
      int lanes = precision == Precision.FLOAT ? width : Math.max(1, width / 2);
      boolean copied = width == 1;
      return new OpenClEngine.Groups(
          group, alone, lanes, busy, counted, copied, chunkBytes, fileBytes);
    }
  }

  /** One number of hidden units for each precision, so that there are fewer kernels to compile. */
  private static Topology topology(Precision precision) {
    return new Topology(precision == Precision.FLOAT ? 2 : 3);
  }

  private static UpdaterConfig updater(UpdaterConfig.Kind kind) {
    return new UpdaterConfig(kind, kind == UpdaterConfig.Kind.ADAM ? 0.1 : 2, Schedule.CONSTANT);
  }

  /** Chunks of some sizes with samples that no generator makes. */
  private static List<Batch> chunks(Precision precision, List<Integer> sizes, Random random) {
    List<Batch> chunks = new ArrayList<>();
    for (int size : sizes) {
      Batch chunk = Batch.allocate(precision, size + random.nextInt(3));
      chunk.resize(size);
      for (int i = 0; i < size; i++) {
        chunk.set(i, random.nextGaussian(), random.nextGaussian(), random.nextDouble());
      }
      chunks.add(chunk);
    }
    return chunks;
  }

  private static double[] state(Engine engine) {
    Dl4jModel model = engine.model();
    HostVector updater = model.hostUpdaterState();
    int count = model.topology().weightCount();
    int kept =
        switch (model.updater().kind()) {
          case SGD -> 0;
          case NESTEROVS -> count;
          case ADAM -> 2 * count;
        };
    double[] state = new double[2 * count + kept];
    for (int k = 0; k < count; k++) {
      state[k] = model.hostWeights().get(k);
      state[count + k] = model.hostGradient().get(k);
    }
    for (int k = 0; k < kept; k++) {
      state[2 * count + k] = updater.get(k);
    }
    return state;
  }

  @Property(tries = 60)
  void loss_and_gradient_of_any_chunks_have_the_bits_of_the_cpu(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 5) int hidden,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 3000) Integer> sizes,
      @ForAll long seed)
      throws InterruptedException {
    Case given = new Case(precision, new Topology(hidden), updater(UpdaterConfig.Kind.SGD), seed);
    List<Batch> chunks = chunks(precision, sizes, new Random(seed));
    try (Engine cpu = given.cpu();
        Engine openCl = given.openCl()) {
      LossAndGradient expected = cpu.lossAndGradient(ChunkQueue.of(chunks), chunks.size());
      LossAndGradient found = openCl.lossAndGradient(ChunkQueue.of(chunks), chunks.size());
      assertThat(found).isEqualTo(expected);
      assertThat(state(openCl)).containsExactly(state(cpu));
    }
  }

  /** From 33 units on the sums are in memory and units are computed twice. */
  @Property(tries = 8)
  void so_they_have_with_more_units_than_registers(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 32, max = 33) int hidden,
      @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 1200) Integer> sizes,
      @ForAll long seed)
      throws InterruptedException {
    loss_and_gradient_of_any_chunks_have_the_bits_of_the_cpu(precision, hidden, sizes, seed);
  }

  /** Also where the chunks find no room, run after run of them. */
  @Tag("campaign")
  @Property(tries = 60)
  void work_shared_out_in_any_way_leaves_the_same_bits(
      @ForAll Precision precision,
      @ForAll UpdaterConfig.Kind kind,
      @ForAll Shape shape,
      @ForAll @IntRange(min = 1, max = 40) int room,
      @ForAll @IntRange(min = 1, max = 70) int count,
      @ForAll @IntRange(min = 1, max = 3000) int size,
      @ForAll boolean equal,
      @ForAll long seed)
      throws InterruptedException {
    Case given = new Case(precision, topology(precision), updater(kind), seed);
    Random random = new Random(seed);
    List<Integer> sizes =
        equal ? Collections.nCopies(count, size) : random.ints(count, 1, size + 1).boxed().toList();
    List<Batch> chunks = chunks(precision, sizes, random);
    long chunkBytes = (long) room * given.topology.weightCount() * precision.bytes();
    try (Engine cpu = given.cpu();
        Engine openCl = given.openCl(shape.groups(precision, chunkBytes))) {
      for (int step = 0; step < 2; step++) {
        double loss = cpu.step(ChunkQueue.of(chunks), count, 0, true);
        assertThat(openCl.step(ChunkQueue.of(chunks), count, 0, true)).isEqualTo(loss);
      }
      assertThat(state(openCl)).containsExactly(state(cpu));
      assertThat(openCl.lossAndGradient(ChunkQueue.of(chunks), count))
          .isEqualTo(cpu.lossAndGradient(ChunkQueue.of(chunks), count));
    }
  }

  /** A few cases of what the campaigns try with every shape. */
  @Example
  void a_few_ways_to_share_work_out_leave_the_bits_of_the_cpu()
      throws IOException, InterruptedException {
    Precision precision = Precision.FLOAT;
    for (Shape shape : List.of(Shape.VECTORS, Shape.LANES)) {
      for (UpdaterConfig.Kind kind : UpdaterConfig.Kind.values()) {
        work_shared_out_in_any_way_leaves_the_same_bits(
            precision, kind, shape, 3, 17, 1_100, kind != UpdaterConfig.Kind.SGD, 1);
        steps_of_one_launch_are_those_of_many(
            precision, kind, shape, 70, 33, List.of(5, 0, 20, 3, 7), new Random(1));
      }
      for (boolean kept : new boolean[] {false, true}) {
        samples_of_a_file_leave_the_bits_of_the_cpu(
            precision, precision, shape, kept, 5_000, 1_700, 600, 1);
      }
    }
  }

  /**
   * Read into columns on the CPU, and taken apart by the kernels on the device, where the file has
   * room or not; from any step of an epoch on, as a run that is resumed begins.
   */
  @Tag("campaign")
  @Property(tries = 60)
  void samples_of_a_file_leave_the_bits_of_the_cpu(
      @ForAll Precision stored,
      @ForAll Precision precision,
      @ForAll Shape shape,
      @ForAll boolean kept,
      @ForAll @IntRange(min = 1, max = 9000) int samples,
      @ForAll @IntRange(min = 1, max = 9000) int batch,
      @ForAll @IntRange(min = 1, max = 3000) int chunk,
      @ForAll long seed)
      throws IOException, InterruptedException {
    Case given = new Case(precision, topology(precision), updater(UpdaterConfig.Kind.ADAM), seed);
    Slicing slicing = new Slicing(samples, Math.min(batch, samples), chunk);
    Random random = new Random(seed);
    Path file = Files.createTempFile("samples", ".npy");
    try (Engine cpu = given.cpu();
        Engine openCl = given.openCl(shape.groups(precision, 1 << 20, kept ? 1 << 20 : 0))) {
      Files.write(file, NpyBytes.of(table(samples, random), stored, false, false));
      BatchSource read = NpyBatches.open(file);
      long first = random.nextLong(slicing.stepsPerEpoch());
      ChunkQueue columns = new ChunkReader(inColumns(read), slicing, first, precision);
      ChunkQueue asTheyAre = new ChunkReader(read, slicing, first, precision);
      long steps = Math.min(2 * slicing.stepsPerEpoch() + 1, 16);
      for (long step = first; step < first + steps; step++) {
        int chunks = slicing.chunks(step);
        boolean measured = step % 4 == 0;
        Double loss = cpu.step(columns, chunks, 0, measured);
        double found = openCl.step(asTheyAre, chunks, 0, measured);
        assertThat(measured ? found : loss).isEqualTo(loss);
      }
      assertThat(state(openCl)).containsExactly(state(cpu));
    } finally {
      Files.delete(file);
    }
  }

  private static double[][] table(int samples, Random random) {
    double[][] table = new double[samples][];
    Arrays.setAll(
        table,
        i -> new double[] {random.nextGaussian(), random.nextGaussian(), random.nextDouble()});
    return table;
  }

  /**
   * A piece and a half: in the first epoch sent as steps need them, and from the second on kept.
   */
  @Example
  void samples_of_a_file_are_kept_from_the_second_epoch_on_where_they_have_room() throws Exception {
    int samples = KeptFiles.PIECE + KeptFiles.PIECE / 2;
    long bytes = samples * 3L * Float.BYTES;
    long piece = KeptFiles.PIECE * 3L * Float.BYTES;
    Case given = new Case(Precision.FLOAT, new Topology(2), UpdaterConfig.sgd(1), 3);
    Path file = Files.createTempFile("samples", ".npy");
    Files.write(file, NpyBytes.of(table(samples, new Random(3)), Precision.FLOAT, false, false));
    try {
      for (Shape shape : List.of(Shape.VECTORS, Shape.LANES)) {
        Engine keeping = given.openCl(shape.groups(Precision.FLOAT, 1 << 20, bytes));
        assertThat(sentInQuarters(keeping, given.cpu(), file))
            .containsExactly(
                bytes / 4, bytes / 4, bytes / 4, bytes / 4, piece, 0L, bytes - piece, 0L, 0L);
        Engine streaming = given.openCl(shape.groups(Precision.FLOAT, 1 << 20, bytes - 1));
        assertThat(sentInQuarters(streaming, given.cpu(), file)).hasSize(9).containsOnly(bytes / 4);
      }
    } finally {
      Files.delete(file);
    }
  }

  /** How many bytes go to the device in each of nine steps of a quarter of a file. */
  private static List<Long> sentInQuarters(Engine engine, Engine cpu, Path file)
      throws IOException, InterruptedException {
    try (engine;
        cpu) {
      BatchSource source = NpyBatches.open(file);
      int quarter = Math.toIntExact(source.samples() / 4);
      Slicing slicing = new Slicing(source.samples(), quarter, quarter);
      ChunkQueue chunks = new ChunkReader(source, slicing, 0, Precision.FLOAT);
      ChunkQueue columns = new ChunkReader(inColumns(source), slicing, 0, Precision.FLOAT);
      // The weights go up with the first evaluation.
      engine.loss(chunkOfOneSample(), 1);
      List<Long> sent = new ArrayList<>();
      for (int step = 0; step < 9; step++) {
        long before = engine.transfers().get().bytesToDevice();
        assertThat(engine.step(chunks, 1, 0, true)).isEqualTo(cpu.step(columns, 1, 0, true));
        sent.add(engine.transfers().get().bytesToDevice() - before);
      }
      return sent;
    }
  }

  private static ChunkQueue chunkOfOneSample() {
    return new ChunkReader(
        new SyntheticBatches(1, InputRange.DEFAULT, 1), new Slicing(1, 1, 1), 0, Precision.FLOAT);
  }

  /** The same samples, which no batch only refers to. */
  private static BatchSource inColumns(BatchSource source) {
    return new BatchSource() {
      @Override
      public long samples() {
        return source.samples();
      }

      @Override
      public void read(long first, int count, Batch into) {
        source.read(first, count, into);
      }
    };
  }

  private static long held(OpenClContext context) {
    context.memory().reset();
    return context.memory().most();
  }

  /** A device has no memory of a pebibyte. */
  @Example
  void a_buffer_that_cannot_grow_is_empty_and_grows_again() {
    OpenClContext context = OpenClContext.of(0);
    long before = held(context);
    try (OpenClQueue queue = context.queue(false);
        GrowingBuffer buffer = new GrowingBuffer(context, queue, "a test")) {
      buffer.atLeast(1024);
      assertThatThrownBy(() -> buffer.atLeast(1L << 50))
          .isInstanceOf(OpenClException.class)
          .hasMessageContaining("for a test");
      assertThat(buffer.current()).isNull();

      queue.write(buffer.atLeast(8), 0, ByteBuffer.allocateDirect(8));
      assertThat(buffer.current().bytes()).isEqualTo(8);
    }
    assertThat(held(context)).isEqualTo(before);
  }

  @Example
  void a_buffer_that_holds_as_much_stays_and_a_smaller_one_is_replaced() {
    OpenClContext context = OpenClContext.of(0);
    try (OpenClQueue queue = context.queue(false);
        GrowingBuffer growing = new GrowingBuffer(context, queue, "a test")) {
      OpenClBuffer buffer = growing.atLeast(1024);
      assertThat(growing.atLeast(1024)).isSameAs(buffer);
      assertThat(growing.atLeast(8)).isSameAs(buffer);
      assertThat(growing.atLeast(1025).bytes()).isEqualTo(1025);
    }
  }

  /** Buffers of every kind have been in use: held chunks, uploads, a trace's. */
  @Example
  void a_closed_engine_holds_no_memory_of_the_device() throws InterruptedException {
    Case given = new Case(Precision.FLOAT, Topology.DEFAULT, updater(UpdaterConfig.Kind.ADAM), 1);
    List<Batch> chunks = chunks(Precision.FLOAT, List.of(500, 40, 500), new Random(1));
    List<Batch> others = chunks(Precision.FLOAT, List.of(500, 40), new Random(2));
    OpenClContext context = OpenClContext.of(0);
    long before = held(context);
    try (Engine openCl = given.openCl()) {
      openCl.hold(chunks);
      openCl.step(ChunkQueue.of(chunks), 3, 0, false);
      openCl.step(ChunkQueue.of(others), 2, 0, false);
      openCl.trace(chunks.get(0));
      assertThat(held(context)).isGreaterThan(before);
    }
    assertThat(held(context)).isEqualTo(before);
  }

  @Property(tries = 20)
  void what_goes_to_the_device_and_back_is_counted(
      @ForAll Precision precision,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 3000) Integer> sizes,
      @ForAll long seed)
      throws InterruptedException {
    Case given = new Case(precision, Topology.DEFAULT, updater(UpdaterConfig.Kind.SGD), seed);
    List<Batch> chunks = chunks(precision, sizes, new Random(seed));
    long samples = sizes.stream().mapToInt(size -> size).sum();
    try (Engine openCl = given.openCl(Shape.LANES)) {
      openCl.lossAndGradient(ChunkQueue.of(chunks), chunks.size());
      openCl.awaitDevice();
      Transfers transfers = openCl.transfers().get();
      // Weights and gradient either way; the samples' three numbers there, the chunks' losses back.
      assertThat(transfers.bytesToDevice()).isEqualTo((12 + 3 * samples) * precision.bytes());
      assertThat(transfers.bytesFromDevice()).isEqualTo((12L + sizes.size()) * precision.bytes());
      assertThat(transfers.secondsOfSamples()).isPositive();
    }
  }

  @Example
  void errors_are_those_of_the_cpu_and_every_chunk_is_given_back() throws InterruptedException {
    Case given = new Case(Precision.FLOAT, Topology.DEFAULT, updater(UpdaterConfig.Kind.SGD), 1);
    List<Batch> chunks = chunks(Precision.FLOAT, List.of(500, 40, 500, 1), new Random(1));
    List<Batch> released = new ArrayList<>();
    ChunkQueue healthy = ChunkQueue.of(chunks);
    ChunkQueue watched =
        new ChunkQueue() {
          @Override
          public Batch take() throws InterruptedException {
            return healthy.take();
          }

          @Override
          public void release(Batch chunk) {
            released.add(chunk);
          }
        };
    try (Engine cpu = given.cpu();
        Engine openCl = given.openCl()) {
      assertThat(openCl.errors(watched, 4)).isEqualTo(cpu.errors(ChunkQueue.of(chunks), 4));
      assertThat(released).containsExactlyElementsOf(chunks);
    }
  }

  @Example
  void several_buffers_are_allocated_or_none() {
    OpenClContext context = OpenClContext.of(0);
    long before = held(context);
    assertThatThrownBy(() -> context.buffers("a test", 1024, 1L << 50))
        .isInstanceOf(OpenClException.class);
    assertThat(held(context)).isEqualTo(before);
  }

  @Example
  void it_knows_the_widest_network() throws InterruptedException {
    loss_and_gradient_of_any_chunks_have_the_bits_of_the_cpu(
        Precision.FLOAT, Topology.MAX_HIDDEN, List.of(1100, 37), 1);
  }

  @Property(tries = 40)
  void samples_made_on_the_device_are_those_of_the_generator(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 3000) int chunkSize,
      @ForAll @IntRange(min = 1, max = 9000) int batchSize,
      @ForAll @IntRange(min = -8, max = 7) int low,
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll long seed)
      throws InterruptedException {
    Case given = new Case(precision, Topology.DEFAULT, updater(UpdaterConfig.Kind.SGD), seed);
    InputRange range = new InputRange(low / 4.0, (low + width) / 4.0);
    BatchSource source = new SyntheticBatches(seed, range, 10_000);
    Slicing slicing = new Slicing(10_000, batchSize, chunkSize);
    try (Engine cpu = given.cpu();
        Engine openCl = given.openCl()) {
      ChunkQueue forCpu = new ChunkReader(source, slicing, 0, precision);
      ChunkQueue forOpenCl = new ChunkReader(source, slicing, 0, precision);
      for (int step = 0; step < 3; step++) {
        double expected = cpu.step(forCpu, slicing.chunks(step), 0, true);
        assertThat(openCl.step(forOpenCl, slicing.chunks(step), 0, true)).isEqualTo(expected);
      }
      assertThat(state(openCl)).containsExactly(state(cpu));
      // Weights, gradients and losses, but no sample.
      assertThat(openCl.transfers().get().bytesToDevice()).isEqualTo(12L * precision.bytes());
    }
  }

  @Tag("campaign")
  @Example
  void a_thousand_steps_end_in_the_same_bits_however_they_are_shared_out()
      throws InterruptedException {
    BatchSource source = new SyntheticBatches(7, InputRange.DEFAULT, 100_000);
    Slicing slicing = new Slicing(100_000, 1_500, 700);
    for (UpdaterConfig.Kind kind : UpdaterConfig.Kind.values()) {
      Case given = new Case(Precision.FLOAT, topology(Precision.FLOAT), updater(kind), 7);
      List<Engine> engines = new ArrayList<>();
      for (int threads : new int[] {1, 2, 3, 7}) {
        EngineSpec spec = given.on(Device.CPU);
        engines.add(Engine.create(spec.withThreads(threads), given.weights()));
      }
      for (Shape shape : Shape.values()) {
        engines.add(given.openCl(shape));
      }
      for (Engine engine : engines) {
        ChunkQueue chunks = new ChunkReader(source, slicing, 0, Precision.FLOAT);
        for (int step = 0; step < 1_000; step++) {
          engine.step(chunks, slicing.chunks(step), (int) slicing.epoch(step), false);
        }
      }
      for (Engine engine : engines) {
        assertThat(state(engine)).containsExactly(state(engines.get(0)));
      }
      engines.forEach(Engine::close);
    }
  }

  /** Whatever asks for a result in between has to see the steps that were waiting. */
  @Tag("campaign")
  @Property(tries = 40)
  void steps_of_one_launch_are_those_of_many(
      @ForAll Precision precision,
      @ForAll UpdaterConfig.Kind kind,
      @ForAll Shape shape,
      @ForAll @IntRange(min = 1, max = 400) int batchSize,
      @ForAll @IntRange(min = 1, max = 400) int chunkSize,
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 20) Integer> runs,
      @ForAll Random random)
      throws InterruptedException {
    Case given = new Case(precision, topology(precision), updater(kind), random.nextLong());
    BatchSource source = new SyntheticBatches(given.seed, InputRange.DEFAULT, 3_000);
    Slicing slicing = new Slicing(3_000, batchSize, chunkSize);
    ResidentChunks held = ResidentChunks.read(source, precision, batchSize, chunkSize);
    try (Engine cpu = given.cpu();
        Engine openCl = given.openCl(shape)) {
      openCl.hold(held.chunks());
      ChunkQueue forCpu = new ChunkReader(source, slicing, 0, precision);
      ChunkQueue forOpenCl = new ChunkReader(source, slicing, 0, precision);
      int step = 0;
      for (int run : runs) {
        for (int i = 0; i < run; i++) {
          int chunks = slicing.chunks(step);
          int epoch = (int) slicing.epoch(step++);
          cpu.step(forCpu, chunks, epoch, false);
          openCl.step(forOpenCl, chunks, epoch, false);
        }
        for (int i = 0; i < random.nextInt(40); i++) {
          cpu.step(held, held.chunks().size(), 0, false);
          openCl.step(held, held.chunks().size(), 0, false);
        }
        switch (random.nextInt(5)) {
          case 0 ->
              assertThat(openCl.step(held, held.chunks().size(), 0, true))
                  .isEqualTo(cpu.step(held, held.chunks().size(), 0, true));
          case 1 ->
              assertThat(openCl.lossAndGradient(held, held.chunks().size()))
                  .isEqualTo(cpu.lossAndGradient(held, held.chunks().size()));
          case 2 ->
              assertThat(openCl.predict(held.chunks().get(0)))
                  .containsExactly(cpu.predict(held.chunks().get(0)));
          case 3 -> {
            Weights other = XavierInit.weights(given.topology, random.nextLong());
            cpu.model().setWeights(other);
            openCl.model().setWeights(other);
          }
          default -> openCl.awaitDevice();
        }
      }
      assertThat(state(openCl)).containsExactly(state(cpu));
      assertThat(openCl.model().iteration()).isEqualTo(cpu.model().iteration());
    }
  }

  @Property(tries = 20)
  void chunks_that_are_held_are_copied_once(@ForAll Precision precision, @ForAll long seed)
      throws InterruptedException {
    Case given = new Case(precision, Topology.DEFAULT, updater(UpdaterConfig.Kind.ADAM), seed);
    BatchSource source = new SyntheticBatches(seed, InputRange.DEFAULT, 5_000);
    ResidentChunks chunks = ResidentChunks.read(source, precision, 5_000, 1_024);
    try (Engine cpu = given.cpu();
        Engine openCl = given.openCl()) {
      openCl.hold(chunks.chunks());
      openCl.hold(chunks.chunks());
      long held = openCl.transfers().get().bytesToDevice();
      assertThat(held).isEqualTo(2 * 3 * 5_000L * precision.bytes());
      for (int step = 0; step < 5; step++) {
        cpu.step(chunks, chunks.chunks().size(), 0, false);
        openCl.step(chunks, chunks.chunks().size(), 0, false);
      }
      assertThat(state(openCl)).containsExactly(state(cpu));
      assertThat(openCl.transfers().get().bytesToDevice() - held)
          .isEqualTo(24L * precision.bytes());
    }
  }

  @Property(tries = 20)
  void what_it_computes_on_the_way_has_the_bits_of_the_cpu(
      @ForAll Precision precision,
      @ForAll @IntRange(min = 1, max = 9) int hidden,
      @ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll long seed) {
    Case given = new Case(precision, new Topology(hidden), updater(UpdaterConfig.Kind.SGD), seed);
    Batch batch = chunks(precision, List.of(size), new Random(seed)).get(0);
    try (Engine cpu = given.cpu();
        Engine openCl = given.openCl()) {
      assertThat(openCl.trace(batch)).usingRecursiveComparison().isEqualTo(cpu.trace(batch));
      assertThat(openCl.predict(batch)).containsExactly(cpu.predict(batch));
    }
  }

  @Example
  void weights_that_the_host_sets_are_those_of_the_next_step() throws InterruptedException {
    Case given =
        new Case(Precision.FLOAT, new Topology(3), updater(UpdaterConfig.Kind.NESTEROVS), 1);
    List<Batch> chunks = chunks(Precision.FLOAT, List.of(500), new Random(1));
    Weights other = XavierInit.weights(given.topology, 2);
    try (Engine cpu = given.cpu();
        Engine openCl = given.openCl()) {
      for (Engine engine : List.of(cpu, openCl)) {
        engine.step(ChunkQueue.of(chunks), 1, 0, false);
        engine.step(ChunkQueue.of(chunks), 1, 0, false);
        engine.model().setWeights(other);
        engine.step(ChunkQueue.of(chunks), 1, 0, false);
      }
      assertThat(state(openCl)).containsExactly(state(cpu));
    }
  }

  @Example
  void a_weight_that_is_no_number_shows_in_the_loss() throws InterruptedException {
    Case given = new Case(Precision.FLOAT, Topology.DEFAULT, updater(UpdaterConfig.Kind.SGD), 1);
    List<Batch> chunks = chunks(Precision.FLOAT, List.of(10), new Random(1));
    try (Engine openCl = given.openCl()) {
      openCl.model().setWeights(given.weights().map(w -> Double.NaN));
      assertThat(openCl.step(ChunkQueue.of(chunks), 1, 0, true)).isNaN();
    }
  }
}
