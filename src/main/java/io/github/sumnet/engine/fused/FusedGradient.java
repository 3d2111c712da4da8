package io.github.sumnet.engine.fused;

import io.github.sumnet.data.Batch;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.HostVector;
import io.github.sumnet.engine.Trace;
import io.github.sumnet.engine.WeightLayout;
import io.github.sumnet.engine.chunk.ChunkGradient;
import io.github.sumnet.engine.chunk.ChunkSum;
import io.github.sumnet.engine.chunk.HostSum;
import io.github.sumnet.network.Topology;
import java.util.stream.IntStream;

/**
 * Forward, loss and all gradients of a chunk in one go, without leaving the processor's caches;
 * weights are those of the DL4J model, read anew for every chunk.
 */
public final class FusedGradient implements ChunkGradient {
  private final Dl4jModel model;
  private final HostVector parameters;
  private final FusedPass pass;
  private final double[] weights;
  private final HostSum gradientSum;
  private final int[] place;

  /** Passes of one thread, with the weights that a model has at the time of each call. */
  public FusedGradient(Dl4jModel model) {
    this.model = model;
    Topology topology = model.topology();
    parameters = model.hostWeights();
    pass =
        switch (model.precision()) {
          case FLOAT -> new FloatPass(topology, Kernels.floats(topology));
          case DOUBLE -> new DoublePass(topology, Kernels.doubles(topology));
        };
    weights = new double[topology.weightCount()];
    gradientSum = new HostSum(new double[topology.weightCount()], model.precision());
    place =
        IntStream.range(0, topology.weightCount())
            .map(k -> WeightLayout.index(topology, k))
            .toArray();
  }

  /** {@inheritDoc} The loss costs nothing here and is always measured. */
  @Override
  public ChunkSum sum(Batch chunk, boolean measureLoss) {
    begin();
    double[] sums = pass.sums(chunk);
    double visible = 0;
    for (int k = 0; k < weights.length; k++) {
      gradientSum.values()[place[k]] = sums[k];
      visible += 0 * sums[k] + 0 * weights[k];
    }
    // Not finite if a weight or a derivative is not: training watches the loss, and the bounded
    // exponential hides a NaN.
    return new ChunkSum(gradientSum, sums[weights.length] / 2 + visible, chunk.size());
  }

  private void begin() {
    for (int k = 0; k < weights.length; k++) {
      weights[k] = parameters.get(place[k]);
    }
    pass.begin(weights);
  }

  @Override
  public double[] predict(Batch batch) {
    begin();
    return pass.predict(batch);
  }

  @Override
  public double squaredErrors(Batch batch) {
    begin();
    return pass.squaredErrors(batch);
  }

  @Override
  public Trace trace(Batch batch) {
    begin();
    Trace trace = Trace.allocate(model.topology(), batch.size());
    for (int i = 0; i < batch.size(); i++) {
      pass.trace(trace, batch, i);
    }
    return trace;
  }

  @Override
  public void close() {}
}
