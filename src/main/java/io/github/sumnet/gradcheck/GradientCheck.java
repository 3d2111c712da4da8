package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.Reference;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares an engine's loss and gradients, on the device and in the precision in which it will
 * train, with the {@link Reference}. Two computations agree when they differ by no more than the
 * rounding errors of both can add up to.
 */
public final class GradientCheck {
  /** The Java specification allows Math.exp, and glibc its expf, less than 1 ulp. */
  private static final double CPU_EXP_ULPS = 1;

  /** NVIDIA's CUDA C++ Programming Guide lists at most 2 ulp for expf, 1 for exp. */
  private static final double CUDA_EXP_ULPS = 2;

  /** Computes a design's mean loss and mean gradient. */
  interface Computation {
    LossAndGradient compute(Design design) throws InterruptedException;
  }

  private GradientCheck() {}

  /**
   * Checks the engine and leaves its weights as they were.
   *
   * @param seed what the random designs are drawn from
   */
  public static GradientReport run(Engine engine, long seed) throws InterruptedException {
    Weights before = engine.model().weights();
    try {
      return run(engine.spec(), seed, design -> compute(engine, design));
    } finally {
      engine.model().setWeights(before);
    }
  }

  private static LossAndGradient compute(Engine engine, Design design) throws InterruptedException {
    engine.model().setWeights(design.weights());
    return engine.lossAndGradient(ChunkQueue.of(design.chunks()), design.chunks().size());
  }

  /** Checks whatever computes, as if it were the engine. */
  static GradientReport run(EngineSpec engine, long seed, Computation computation)
      throws InterruptedException {
    List<DesignResult> results = new ArrayList<>();
    for (Design design : Designs.of(engine.topology(), engine.precision(), seed)) {
      results.add(compare(engine, design, computation.compute(design)));
    }
    return new GradientReport(engine, seed, results);
  }

  private static DesignResult compare(EngineSpec engine, Design design, LossAndGradient computed) {
    RoundingModel engineModel = new RoundingModel(engine.precision(), expUlps(engine.device()));
    RoundingModel referenceModel = new RoundingModel(Precision.DOUBLE, CPU_EXP_ULPS);
    return new DesignResult(
        design.name(),
        design.samples(),
        design.blindTo(),
        components(
            computed,
            Reference.lossAndGradient(design.weights(), whole(design)),
            ErrorBound.of(engineModel, design.weights(), design.chunks()),
            ErrorBound.of(referenceModel, design.weights(), design.chunks())));
  }

  private static double expUlps(Device device) {
    return switch (device) {
      case CPU -> CPU_EXP_ULPS;
      case CUDA -> CUDA_EXP_ULPS;
    };
  }

  private static List<Component> components(
      LossAndGradient computed,
      LossAndGradient reference,
      LossAndGradient engineBound,
      LossAndGradient referenceBound) {
    Topology topology = computed.gradient().topology();
    double[] computedGradient = computed.gradient().toArray();
    double[] referenceGradient = reference.gradient().toArray();
    double[] engineError = engineBound.gradient().toArray();
    double[] referenceError = referenceBound.gradient().toArray();
    List<Component> components = new ArrayList<>();
    components.add(
        new Component(
            "loss", computed.loss(), reference.loss(), engineBound.loss() + referenceBound.loss()));
    for (int i = 0; i < computedGradient.length; i++) {
      components.add(
          new Component(
              topology.weightNames().get(i),
              computedGradient[i],
              referenceGradient[i],
              engineError[i] + referenceError[i]));
    }
    return List.copyOf(components);
  }

  private static Batch whole(Design design) {
    if (design.chunks().size() == 1) {
      return design.chunks().get(0);
    }
    Batch whole = Batch.allocate(design.chunks().get(0).precision(), design.samples());
    whole.resize(design.samples());
    int next = 0;
    for (Batch chunk : design.chunks()) {
      for (int i = 0; i < chunk.size(); i++) {
        whole.set(next++, chunk.x1(i), chunk.x2(i), chunk.y(i));
      }
    }
    return whole;
  }
}
