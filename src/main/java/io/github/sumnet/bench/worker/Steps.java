package io.github.sumnet.bench.worker;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.BenchEngine;
import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.ResidentChunks;
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
    return benchCase.engine() == BenchEngine.DL4J_FIT
        ? new OfFit(benchCase, topology, weights, seed)
        : new OfEngine(benchCase, spec(benchCase, deviceNumber, threads), weights, seed);
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
  final class OfEngine implements Steps {
    private final BatchSource samples;
    private final ResidentChunks chunks;
    private final Engine engine;

    OfEngine(BenchCase benchCase, EngineSpec spec, Weights weights, long seed) {
      int chunkSize = spec.type().chunkSize(spec.device(), benchCase.batchSize());
      samples = samples(benchCase, seed);
      chunks = chunks(benchCase, samples, chunkSize);
      engine = Engine.create(spec, weights);
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

  /** Steps of DL4J's own fit. */
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
