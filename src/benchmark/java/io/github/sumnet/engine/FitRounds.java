package io.github.sumnet.engine;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Slicing;
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
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Answers every line on its input with the microseconds a step takes in a round of steps. */
public final class FitRounds {
  private static final double ROUND_SECONDS = 0.15;
  private static final UpdaterConfig ADAM =
      new UpdaterConfig(UpdaterConfig.Kind.ADAM, 0.01, Schedule.CONSTANT);

  private interface Step {
    void run() throws InterruptedException;
  }

  private FitRounds() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int batchSize = Integer.parseInt(args[1]);
    int chunkSize = Integer.parseInt(args[2]);
    BackendBinding.bind(Device.CPU);
    Step step = args[0].equals("fit") ? fit(batchSize) : engine(batchSize, chunkSize);
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
    return nanos / 1e3 / steps;
  }

  private static Step fit(int batchSize) {
    MultiLayerNetwork network = model().replica();
    Batch samples = chunks(batchSize, batchSize).get(0);
    INDArray inputs = Nd4j.create(DataType.FLOAT, batchSize, 2);
    INDArray targets = Nd4j.create(DataType.FLOAT, batchSize, 1);
    for (int i = 0; i < batchSize; i++) {
      inputs.putScalar(i, 0, samples.x1(i));
      inputs.putScalar(i, 1, samples.x2(i));
      targets.putScalar(i, 0, samples.y(i));
    }
    return () -> network.fit(inputs, targets);
  }

  private static Dl4jModel model() {
    Dl4jModel model = new Dl4jModel(Topology.DEFAULT, Precision.FLOAT, ADAM);
    model.setWeights(WorkedExample.WEIGHTS);
    return model;
  }

  private static Step engine(int batchSize, int chunkSize) {
    EngineSpec spec =
        new EngineSpec(
            EngineType.DL4J,
            Device.CPU,
            Precision.FLOAT,
            Topology.DEFAULT,
            ADAM,
            Runtime.getRuntime().availableProcessors());
    Engine engine = Engine.create(spec, WorkedExample.WEIGHTS);
    List<Batch> chunks = chunks(batchSize, chunkSize);
    return () -> engine.step(ChunkQueue.of(chunks), chunks.size(), 0, false);
  }

  private static List<Batch> chunks(int batchSize, int chunkSize) {
    Slicing slicing = new Slicing(batchSize, batchSize, chunkSize);
    SyntheticBatches samples = new SyntheticBatches(1, InputRange.DEFAULT, batchSize);
    List<Batch> chunks = new ArrayList<>();
    long first = 0;
    for (int chunk = 0; chunk < slicing.chunks(0); chunk++) {
      Batch batch = Batch.allocate(Precision.FLOAT, slicing.largestChunk());
      samples.read(first, slicing.chunkSize(0, chunk), batch);
      chunks.add(batch);
      first += batch.size();
    }
    return chunks;
  }
}
