package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.ForeignPassNetwork;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.LossAndGradient;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import java.util.List;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What DL4J's own GradientCheckUtil says at its defaults: it compares the gradient with central
 * differences of the same network's loss, in double, and lets an error of 1e-3 of the value or 1e-8
 * pass. It sees one step's loss and mean gradient.
 */
final class CentralDifferenceCheck {
  private CentralDifferenceCheck() {}

  /**
   * Whether it objects to a subject in double.
   *
   * @param seed what the batch of 32 and the weights are drawn from
   */
  static boolean rejects(Subject subject, Topology topology, long seed) {
    CommonCase common = CommonCase.of(topology, Precision.DOUBLE, seed);
    ForeignPassNetwork network =
        new ForeignPassNetwork(
            common.weights(), (weights, batch) -> passes(subject, weights, common.samples()));
    DataType former = DataTypeUtil.getDtypeFromContext();
    DataTypeUtil.setDTypeForContext(DataType.DOUBLE);
    try {
      List<double[]> samples = common.samples().rows();
      MLNConfig config =
          new MLNConfig().net(network).input(columns(samples, 0, 1)).labels(columns(samples, 2));
      return !GradientCheckUtil.checkGradients(config);
    } catch (IllegalStateException notANumber) {
      return true;
    } finally {
      DataTypeUtil.setDTypeForContext(former);
    }
  }

  private static INDArray columns(List<double[]> samples, int... columns) {
    double[][] rows = new double[samples.size()][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < columns.length; c++) {
        rows[i][c] = samples.get(i)[columns[c]];
      }
    }
    return Nd4j.createFromArray(rows);
  }

  private static LossAndGradient passes(Subject subject, Weights weights, Samples samples) {
    try {
      subject.begin(weights.toArray());
      Observation seen = subject.step(samples);
      return new LossAndGradient(
          seen.at(Stage.LOSS)[0], Weights.of(weights.topology(), seen.at(Stage.MEAN)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during a gradient check", interrupted);
    }
  }
}
