package io.github.sumnet.gradcheck.fault;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.step.Batches;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.TextbookNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import java.util.List;

/** Networks with a fault in the forward pass. */
final class ForwardFaults {
  private ForwardFaults() {}

  static final class TransposedWeights extends TextbookNetwork {
    TransposedWeights(Precision precision, double rate) {
      super(precision, rate);
    }

    /** [2, H] weights read column by column where they lie row by row. */
    @Override
    protected double inputWeight(int input, int unit) {
      return weight(2 * unit + input);
    }
  }

  static final class FloatActivations extends TextbookNetwork {
    FloatActivations(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double activation(double z) {
      return (float) super.activation(z);
    }
  }

  /** A bias that starts at 0, as a layer's default bias does, and is trained. */
  static final class HiddenBias extends TextbookNetwork {
    private double[] bias = {};

    HiddenBias(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    public void begin(Weights start) {
      super.begin(start);
      bias = new double[start.topology().hidden()];
    }

    @Override
    protected double weightedInput(double x1, double x2, int unit) {
      return plus(super.weightedInput(x1, x2, unit), bias[unit]);
    }

    @Override
    public Observation step(List<Batch> chunks) throws InterruptedException {
      Observation seen = super.step(chunks);
      double[] delta = seen.at(Stage.HIDDEN_DELTA);
      double share = over(rate, Batches.size(chunks));
      for (int k = 0; k < delta.length; k++) {
        int unit = k % bias.length;
        bias[unit] = minus(bias[unit], times(share, delta[k]));
      }
      return seen;
    }
  }

  /** Adds a bias to the output's weighted input. */
  static final class OutputBias extends TextbookNetwork {
    private double bias;

    OutputBias(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    public void begin(Weights start) {
      super.begin(start);
      bias = 0;
    }

    @Override
    protected double weightedOutput(double sum) {
      return plus(sum, bias);
    }

    @Override
    public Observation step(List<Batch> chunks) throws InterruptedException {
      Observation seen = super.step(chunks);
      double share = over(rate, Batches.size(chunks));
      for (double delta : seen.at(Stage.OUTPUT_DELTA)) {
        bias = minus(bias, times(share, delta));
      }
      return seen;
    }
  }

  static final class StaleWeights extends TextbookNetwork {
    private double[] previous = {};

    StaleWeights(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    public void begin(Weights start) {
      super.begin(start);
      previous = start.toArray();
    }

    @Override
    protected double inputWeight(int input, int unit) {
      return previous[input * hidden() + unit];
    }

    @Override
    protected double[] updated(double[] before, double[] mean) {
      previous = before;
      return super.updated(before, mean);
    }
  }

  static final class OverflowingExponential extends TextbookNetwork {
    OverflowingExponential(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double activation(double z) {
      return over(exp(z), plus(1, exp(z)));
    }
  }

  static final class ClippedArgument extends TextbookNetwork {
    private static final double LARGEST = 15;

    ClippedArgument(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double activation(double z) {
      return super.activation(Math.max(-LARGEST, Math.min(z, LARGEST)));
    }
  }

  static final class ClippedPredictions extends TextbookNetwork {
    private static final double LOWEST = 1e-7;

    ClippedPredictions(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double prediction(double zo) {
      double lowest = precision.round(LOWEST);
      return Math.max(lowest, Math.min(super.prediction(zo), minus(1, lowest)));
    }
  }
}
