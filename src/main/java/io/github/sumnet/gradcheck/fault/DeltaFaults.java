package io.github.sumnet.gradcheck.fault;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.step.TextbookNetwork;
import io.github.sumnet.network.Precision;

/** Networks with a fault in the loss or in the deltas. */
final class DeltaFaults {
  private DeltaFaults() {}

  static final class WrongSign extends TextbookNetwork {
    WrongSign(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double residual(double prediction, double target) {
      return minus(target, prediction);
    }
  }

  /** The loss (ŷ−y)² with its own derivative, 2(ŷ−y). */
  static final class MissingHalf extends TextbookNetwork {
    MissingHalf(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double sampleLoss(double difference) {
      return times(difference, difference);
    }

    @Override
    protected double residual(double prediction, double target) {
      return times(2, super.residual(prediction, target));
    }
  }

  static final class LossOverOneLess extends TextbookNetwork {
    LossOverOneLess(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected int lossDivisor(int n) {
      return n - 1;
    }
  }

  static final class WrongTargetColumn extends TextbookNetwork {
    WrongTargetColumn(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double target(Batch batch, int sample) {
      return batch.x1(sample);
    }
  }

  static final class ClippedTargets extends TextbookNetwork {
    ClippedTargets(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double target(Batch batch, int sample) {
      return Math.max(0, batch.y(sample));
    }
  }

  static final class DoubledDelta extends TextbookNetwork {
    DoubledDelta(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double outputDelta(double residual, double slope) {
      return times(2, super.outputDelta(residual, slope));
    }
  }

  static final class HalvedDelta extends TextbookNetwork {
    HalvedDelta(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double outputDelta(double residual, double slope) {
      return times(0.5, super.outputDelta(residual, slope));
    }
  }

  static final class MissingOutputSlope extends TextbookNetwork {
    MissingOutputSlope(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double outputDelta(double residual, double slope) {
      return residual;
    }
  }

  static final class DoubledOutputSlope extends TextbookNetwork {
    DoubledOutputSlope(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double outputSlope(double prediction) {
      return times(super.outputSlope(prediction), super.outputSlope(prediction));
    }
  }

  static final class MissingHiddenSlope extends TextbookNetwork {
    MissingHiddenSlope(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double hiddenSlope(double z, double a) {
      return 1;
    }
  }

  static final class DoubledHiddenSlope extends TextbookNetwork {
    DoubledHiddenSlope(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double hiddenSlope(double z, double a) {
      return times(super.hiddenSlope(z, a), super.hiddenSlope(z, a));
    }
  }

  static final class TanhDerivative extends TextbookNetwork {
    TanhDerivative(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double hiddenSlope(double z, double a) {
      return minus(1, times(a, a));
    }
  }

  static final class SlopeAtActivation extends TextbookNetwork {
    SlopeAtActivation(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double hiddenSlope(double z, double a) {
      return slope(sigmoid(a));
    }
  }

  static final class SwappedUnits extends TextbookNetwork {
    SwappedUnits(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] backwardWeights(double[] gradientSum, int n) {
      double[] outputs = super.backwardWeights(gradientSum, n);
      double[] reversed = new double[outputs.length];
      for (int j = 0; j < outputs.length; j++) {
        reversed[j] = outputs[outputs.length - 1 - j];
      }
      return reversed;
    }
  }

  static final class UpdatedOutputWeights extends TextbookNetwork {
    UpdatedOutputWeights(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] backwardWeights(double[] gradientSum, int n) {
      double[] outputs = super.backwardWeights(gradientSum, n);
      for (int j = 0; j < outputs.length; j++) {
        double mean = over(gradientSum[2 * outputs.length + j], n);
        outputs[j] = minus(outputs[j], times(rate, mean));
      }
      return outputs;
    }
  }

  static final class MissingOutputWeights extends TextbookNetwork {
    MissingOutputWeights(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double hiddenDelta(double outputDelta, double weight, double slope) {
      return times(outputDelta, slope);
    }
  }
}
