package io.github.sumnet.engine;

import io.github.sumnet.engine.dl4j.Dl4jFit;

import io.github.sumnet.data.file.SampleFile;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.ChunkReader;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.ResidentChunks;
import io.github.sumnet.data.ShuffledBatches;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.WorkedExample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Answers every line on its input with the microseconds a step takes in a round of steps. */
public final class StepRounds {
  private static final double ROUND_SECONDS = 0.15;
  private static final UpdaterConfig ADAM =
      new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.01, Schedule.CONSTANT);

  private interface Step {
    void run() throws InterruptedException;

    /** Waits until all steps are made. */
    default void await() {}
  }

  private static Step of(Engine engine, Step steps) {
    return new Step() {
      @Override
      public void run() throws InterruptedException {
        steps.run();
      }

      @Override
      public void await() {
        engine.awaitDevice();
      }
    };
  }

  private StepRounds() {}

  /**
   * Arguments: fit, or resident, generated, held-out, file or shuffled with engine, threads, chunk
   * size and, for the last two, the file; then the batch size.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    BackendBinding.bind(Device.CPU);
    int batchSize = Integer.parseInt(args[args.length - 1]);
    Step step =
        switch (args[0]) {
          case "fit" -> fit(batchSize);
          case "resident" -> resident(engine(args), Integer.parseInt(args[3]), batchSize);
          case "generated" ->
              streamed(
                  engine(args),
                  new SyntheticBatches(1, InputRange.DEFAULT, Long.MAX_VALUE / 4),
                  Integer.parseInt(args[3]),
                  batchSize);
          case "held-out" -> heldOut(engine(args), Integer.parseInt(args[3]), batchSize);
          case "file" -> streamed(engine(args), file(args), Integer.parseInt(args[3]), batchSize);
          case "shuffled" ->
              streamed(
                  engine(args),
                  new ShuffledBatches(file(args), file(args).samples(), 1),
                  Integer.parseInt(args[3]),
                  batchSize);
          default -> throw new IllegalArgumentException(args[0]);
        };
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (requests.readLine() != null) {
      System.out.println(microsPerStep(step));
    }
  }

  private static double microsPerStep(Step step) throws InterruptedException {
    long start = System.nanoTime();
    long nanos = 0;
    int steps = 0;
    while (nanos < ROUND_SECONDS * 1e9) {
      step.run();
      steps++;
      nanos = System.nanoTime() - start;
    }
    step.await();
    nanos = System.nanoTime() - start;
    return nanos / 1e3 / steps;
  }

  private static Step fit(int batchSize) {
    Dl4jFit fit =
        new Dl4jFit(Topology.DEFAULT, Precision.FLOAT, ADAM, WorkedExample.WEIGHTS);
    fit.load(chunks(batchSize, batchSize).take());
    return fit::step;
  }

  /** OPENCL is the fused engine on the first OpenCL device. */
  private static Engine engine(String[] args) {
    boolean openCl = args[1].equals("OPENCL");
    EngineSpec spec =
        new EngineSpec(
            openCl ? EngineType.FUSED : EngineType.valueOf(args[1]),
            openCl ? Device.OPENCL : Device.CPU,
            Precision.FLOAT,
            Topology.DEFAULT,
            ADAM,
            Integer.parseInt(args[2]));
    return Engine.create(spec, WorkedExample.WEIGHTS);
  }

  private static Step resident(Engine engine, int chunkSize, int batchSize) {
    ResidentChunks chunks = chunks(batchSize, chunkSize);
    engine.hold(chunks.chunks());
    return of(engine, () -> engine.step(chunks, chunks.chunks().size(), 0, false));
  }

  private static ResidentChunks chunks(int batchSize, int chunkSize) {
    SyntheticBatches samples = new SyntheticBatches(1, InputRange.DEFAULT, batchSize);
    return ResidentChunks.read(samples, Precision.FLOAT, batchSize, chunkSize);
  }

  private static BatchSource file(String[] args) throws IOException {
    return SampleFile.open(Path.of(args[4]));
  }

  private static Step heldOut(Engine engine, int chunkSize, int samples) {
    Slicing slicing = new Slicing(samples, samples, chunkSize);
    ChunkReader chunks =
        new ChunkReader(
            new SyntheticBatches(1, InputRange.DEFAULT, samples), slicing, 0, Precision.FLOAT);
    return of(engine, () -> engine.loss(chunks, slicing.chunks(0)));
  }

  private static Step streamed(Engine engine, BatchSource samples, int chunkSize, int batchSize) {
    Slicing slicing = new Slicing(samples.samples(), batchSize, chunkSize);
    ChunkReader chunks = new ChunkReader(samples, slicing, 0, Precision.FLOAT);
    long[] step = {0};
    return of(engine, () -> engine.step(chunks, slicing.chunks(step[0]++), 0, false));
  }
}
