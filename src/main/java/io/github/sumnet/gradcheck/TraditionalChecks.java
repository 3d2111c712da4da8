package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.ForeignPassNetwork;
import io.github.sumnet.engine.textbook.Reference;
import io.github.sumnet.gradcheck.step.EngineSubject;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Two checks that others use, on what they commonly look at: one step with one random batch. */
final class TraditionalChecks {
  private static final int SAMPLES = 32;
  private static final double INPUT_DEVIATION = 1.5;
  private static final double WEIGHT_RANGE = 2;
  private static final double TOLERANCE = 1e-3;

  /** Uniform between −2 and 2. */
  final Weights weights;

  final Samples samples;
  private final Subject subject;
  private final Precision precision;

  /**
   * Checks of a subject.
   *
   * @param precision what the weights and the samples are rounded to
   * @param seed what the weights and the batch of 32 are drawn from
   */
  TraditionalChecks(Subject subject, Topology topology, Precision precision, long seed) {
    this.subject = subject;
    this.precision = precision;
    Random random = new Random(seed);
    weights =
        Weights.of(
                topology,
                random.doubles(topology.weightCount(), -WEIGHT_RANGE, WEIGHT_RANGE).toArray())
            .map(precision::round);
    samples =
        Samples.of(
            IntStream.range(0, SAMPLES)
                .mapToObj(
                    i ->
                        new double[] {
                          precision.round(random.nextGaussian() * INPUT_DEVIATION),
                          precision.round(random.nextGaussian() * INPUT_DEVIATION),
                          precision.round(random.nextDouble())
                        })
                .toArray(double[][]::new));
  }

  /**
   * Whether DL4J's own GradientCheckUtil objects to a subject in double at its defaults: it
   * compares the gradient with central differences of the same network's loss, in double, and lets
   * an error of 1e-3 of the value or 1e-8 pass. It sees one step's loss and mean gradient.
   */
  boolean centralDifferencesReject() {
    ForeignPassNetwork network = new ForeignPassNetwork(weights, (at, batch) -> passes(at));
    DataType former = DataTypeUtil.getDtypeFromContext();
    DataTypeUtil.setDTypeForContext(DataType.DOUBLE);
    try {
      MLNConfig config = new MLNConfig().net(network).input(columns(0, 1)).labels(columns(2));
      return !GradientCheckUtil.checkGradients(config);
    } catch (IllegalStateException notANumber) {
      return true;
    } finally {
      DataTypeUtil.setDTypeForContext(former);
    }
  }

  private INDArray columns(int... columns) {
    return Nd4j.createFromArray(
        samples.rows().stream()
            .map(row -> IntStream.of(columns).mapToDouble(column -> row[column]).toArray())
            .toArray(double[][]::new));
  }

  private LossAndGradient passes(Weights at) {
    try {
      subject.begin(at.toArray());
      Observation seen = subject.step(samples);
      return new LossAndGradient(
          seen.at(Stage.LOSS)[0], Weights.of(at.topology(), seen.at(Stage.MEAN)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during a gradient check", interrupted);
    }
  }

  /**
   * Whether the usual comparison with a trusted implementation objects: mean gradients, with a
   * tolerance of 1e-3 of the larger one.
   */
  boolean toleranceRejects() throws InterruptedException {
    subject.begin(weights.toArray());
    double[] mean = subject.step(samples).at(Stage.MEAN);
    double[] trusted =
        Reference.lossAndGradient(weights, EngineSubject.batch(precision, samples.rows()))
            .gradient()
            .toArray();
    return IntStream.range(0, mean.length)
        .anyMatch(
            k -> {
              double larger = Math.max(Math.abs(mean[k]), Math.abs(trusted[k]));
              return !(Math.abs(mean[k] - trusted[k]) <= TOLERANCE * larger);
            });
  }
}
