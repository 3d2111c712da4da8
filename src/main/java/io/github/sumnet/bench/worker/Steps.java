package io.github.sumnet.bench.worker;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.ResidentChunks;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.engine.dl4j.Dl4jFit;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.train.Init;
import io.github.sumnet.train.Interval;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.StopRule;
import io.github.sumnet.train.TrainingPlan;
import io.github.sumnet.train.run.Cluster;

/** Training steps of one case, Adam, on the same batch again and again. */
interface Steps extends AutoCloseable {
  UpdaterConfig UPDATER = new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.01, Schedule.CONSTANT);

  /** Makes the samples of the batch anew, the same ones. */
  void generate();

  /** Whether it computes from a copy of the batch. */
  boolean copies();

  /** Copies the batch to where the device computes, and waits until it is there. */
  void load();

  /** One step; a GPU may still be at it when this returns. */
  void step() throws InterruptedException;

  /** Waits until the device has done all that it was given. */
  void awaitDevice();

  @Override
  void close();

  /**
   * What computes the case's steps. The data are in the Java heap when this returns.
   *
   * @param deviceNumber which of the machine's OpenCL devices; 0 for another device
   */
  static Steps of(BenchCase benchCase, int deviceNumber, int threads, long seed) {
    Topology topology = new Topology(benchCase.hidden());
    Init init = topology.equals(Topology.DEFAULT) ? Init.WORKED_EXAMPLE : Init.XAVIER;
    Weights weights = init.weights(topology, seed);
    EngineSpec spec = spec(benchCase, deviceNumber, threads);
    return switch (benchCase.engine()) {
      case DL4J_FIT -> new OfFit(benchCase, topology, weights, seed);
      case SPARK -> new OfCluster(benchCase, spec, weights, seed);
      default -> new OfEngine(benchCase, spec, Engine.create(spec, weights), seed);
    };
  }

  /** The engine whose gradients are checked for the case. */
  static EngineSpec spec(BenchCase benchCase, int deviceNumber, int threads) {
    return new EngineSpec(
        benchCase.engine().type(),
        benchCase.device(),
        deviceNumber,
        benchCase.precision(),
        new Topology(benchCase.hidden()),
        UPDATER,
        benchCase.engine().type().threads(benchCase.device(), threads));
  }

  private static BatchSource samples(BenchCase benchCase, long seed) {
    return new SyntheticBatches(seed, InputRange.DEFAULT, benchCase.batchSize());
  }

  private static ResidentChunks chunks(BenchCase benchCase, BatchSource samples, int chunkSize) {
    return ResidentChunks.read(samples, benchCase.precision(), benchCase.batchSize(), chunkSize);
  }

  /** Steps of an engine, chunk by chunk. */
  class OfEngine implements Steps {
    private final BatchSource samples;
    private final ResidentChunks chunks;
    private final Engine engine;

    OfEngine(BenchCase benchCase, EngineSpec spec, Engine engine, long seed) {
      this.engine = engine;
      samples = samples(benchCase, seed);
      chunks = chunks(benchCase, samples, chunkSize(benchCase, spec));
    }

    static int chunkSize(BenchCase benchCase, EngineSpec spec) {
      return spec.type().chunkSize(spec.device(), benchCase.batchSize());
    }

    @Override
    public void generate() {
      chunks.readAgain(samples);
    }

    @Override
    public boolean copies() {
      return engine.spec().type() == EngineType.DL4J || engine.spec().device() != Device.CPU;
    }

    @Override
    public void load() {
      engine.hold(chunks.chunks());
      engine.awaitDevice();
    }

    @Override
    public void step() throws InterruptedException {
      engine.step(chunks, chunks.chunks().size(), 0, false);
    }

    @Override
    public void awaitDevice() {
      engine.awaitDevice();
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  /** Steps whose samples are generated where they are computed, anew each time. */
  final class OfCluster extends OfEngine {
    OfCluster(BenchCase benchCase, EngineSpec spec, Weights weights, long seed) {
      super(benchCase, spec, engine(benchCase, spec, weights, seed), seed);
    }

    private static Engine engine(BenchCase benchCase, EngineSpec spec, Weights weights, long seed) {
      int batchSize = benchCase.batchSize();
      TrainingPlan training =
          new TrainingPlan(
              spec.topology(),
              spec.precision(),
              seed,
              Init.XAVIER,
              new Slicing(batchSize, batchSize, chunkSize(benchCase, spec)),
              spec.updater(),
              new StopRule(0, 1, 0, 0),
              1,
              1,
              Interval.parse("1h"));
      RunPlan plan = new RunPlan(spec.type(), training, InputRange.DEFAULT, null, 0);
      return Cluster.require("--engines spark")
          .engine(null, Engine.create(spec, weights), plan, notice -> {});
    }

    /** {@inheritDoc} A step has done it. */
    @Override
    public void generate() {}
  }

  final class OfFit implements Steps {
    private final BatchSource samples;
    private final Batch batch;
    private final Dl4jFit fit;

    OfFit(BenchCase benchCase, Topology topology, Weights weights, long seed) {
      samples = samples(benchCase, seed);
      batch = chunks(benchCase, samples, benchCase.batchSize()).take();
      fit = new Dl4jFit(topology, benchCase.precision(), UPDATER, weights);
    }

    @Override
    public void generate() {
      samples.read(0, batch.capacity(), batch);
    }

    @Override
    public boolean copies() {
      return true;
    }

    @Override
    public void load() {
      fit.load(batch);
      fit.awaitDevice();
    }

    @Override
    public void step() {
      fit.step();
    }

    @Override
    public void awaitDevice() {
      fit.awaitDevice();
    }

    @Override
    public void close() {
      fit.close();
    }
  }
}
