package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.gradcheck.arithmetic.BoundedArithmetic;
import io.github.sumnet.gradcheck.step.ExpectedStep;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Looks at an engine while it trains: at the weights of the moment, its loss and mean gradient over
 * a few samples, and DL4J's beside it, have to be as near to the truth as rounding allows.
 */
public final class SpotCheck implements AutoCloseable {
  private static final int MOST_SAMPLES = 32;
  private static final int LEAST_SAMPLES = 2;

  /** What the truth of a spot check may cost: some ten milliseconds, as a checkpoint does. */
  private static final int MOST_EXPONENTIALS = 2_000;

  /** Yields the mean loss and the mean gradient over a batch. */
  interface Passes {
    LossAndGradient of(Batch batch) throws InterruptedException;
  }

  private final Engine engine;
  private final Passes passes;
  private final Engine dl4j;
  private int checks;
  private double worst;

  /** Spot checks of an engine other than DL4J's. */
  public SpotCheck(Engine engine) {
    this(engine, passesOf(engine));
  }

  /** Spot checks of what computes in the engine's place. */
  SpotCheck(Engine engine, Passes passes) {
    this.engine = engine;
    this.passes = passes;
    EngineSpec spec = engine.spec();
    EngineSpec beside =
        new EngineSpec(
            EngineType.DL4J, Device.CPU, spec.precision(), spec.topology(), spec.updater(), 1);
    dl4j = Engine.create(beside, engine.model().weights());
  }

  /** How many samples a check looks at: fewer where each of them has many units. */
  public static int samples(Topology topology) {
    int affordable = MOST_EXPONENTIALS / (topology.hidden() + 1);
    return Math.max(LEAST_SAMPLES, Math.min(affordable, MOST_SAMPLES));
  }

  private static Passes passesOf(Engine engine) {
    return batch -> engine.lossAndGradient(ChunkQueue.of(List.of(batch)), 1);
  }

  /**
   * Checks on a batch. The engine's weights and updater stay as they are.
   *
   * @param step how many steps have been taken, for messages
   * @throws SpotCheckException if the engine or DL4J is further from the truth than rounding
   *     explains
   */
  public void check(long step, Batch batch) throws InterruptedException {
    Weights weights = engine.model().weights();
    dl4j.model().setWeights(weights);
    ExpectedStep truth =
        ExpectedStep.of(
            DenseNetwork.of(weights.topology()),
            weights.toArray(),
            samples(batch),
            Subject.LEARNING_RATE);
    judge(engine, passes, step, batch, weights, truth);
    judge(dl4j, passesOf(dl4j), step, batch, weights, truth);
    checks++;
  }

  private void judge(
      Engine judged, Passes computing, long step, Batch batch, Weights weights, ExpectedStep truth)
      throws InterruptedException {
    BoundedArithmetic model = BoundedArithmetic.of(judged.spec());
    Bounds bounds =
        new Bounds(
            bounds(model, batch, weights, truth),
            bounds(model.withoutFloor(), batch, weights, truth));
    LossAndGradient computed = computing.of(batch);
    double[] gradient = computed.gradient().toArray();
    judge(judged, step, "loss", computed.loss(), truth, bounds, Stage.LOSS, 0);
    for (int k = 0; k < gradient.length; k++) {
      String name = weights.topology().weightName(k);
      judge(judged, step, name, gradient[k], truth, bounds, Stage.MEAN, k);
    }
  }

  private static Map<Stage, double[]> bounds(
      BoundedArithmetic model, Batch batch, Weights weights, ExpectedStep truth) {
    return truth.bounds(model, weights.toArray(), samples(batch), Subject.LEARNING_RATE);
  }

  private static Samples samples(Batch batch) {
    return Samples.of(
        IntStream.range(0, batch.size())
            .mapToObj(i -> new double[] {batch.x1(i), batch.x2(i), batch.y(i)})
            .toArray(double[][]::new));
  }

  /** The bounds, and what they would be if no result had a floor. */
  private record Bounds(Map<Stage, double[]> all, Map<Stage, double[]> withoutFloor) {}

  private void judge(
      Engine judged,
      long step,
      String name,
      double value,
      ExpectedStep truth,
      Bounds bounds,
      Stage stage,
      int index) {
    double error = truth.inDoubleDouble(stage)[index].distance(value);
    double bound = bounds.all().get(stage)[index] * BoundedArithmetic.SLACK;
    if (!(error <= bound)) {
      throw new SpotCheckException(
          String.format(
              Locale.ROOT,
              "after step %d the %s of engine %s is %s (%s), the truth is %.17g, and rounding explains"
                  + " a distance of %.3g at most; the last checkpoint is from before",
              step,
              stage,
              judged.spec().type(),
              value,
              name,
              truth.at(stage).get(index).doubleValue(),
              bound));
    }
    boolean atFloor = Judge.isFloor(bound, bounds.withoutFloor().get(stage)[index]);
    worst = atFloor || error == 0 ? worst : Math.max(worst, error / bound);
  }

  /** How many batches were looked at. */
  public int checks() {
    return checks;
  }

  /** The largest error in units of its bound, of values that are not at a floor. */
  public double worstErrorOverBound() {
    return worst;
  }

  @Override
  public void close() {
    dl4j.close();
  }
}
