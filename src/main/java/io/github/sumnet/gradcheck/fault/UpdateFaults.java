package io.github.sumnet.gradcheck.fault;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.step.TextbookNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import java.util.Arrays;
import java.util.List;

/** Networks with a fault in the division by the batch size or in the update. */
final class UpdateFaults {
  private UpdateFaults() {}

  static final class SumForMean extends TextbookNetwork {
    SumForMean(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected int divisor(int n) {
      return 1;
    }
  }

  static final class StaleBatchSize extends TextbookNetwork {
    private int previous;

    StaleBatchSize(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    public void begin(Weights start) {
      super.begin(start);
      previous = 0;
    }

    @Override
    protected int divisor(int n) {
      int divisor = previous == 0 ? n : previous;
      previous = n;
      return divisor;
    }
  }

  static final class MeanOfMeans extends TextbookNetwork {
    MeanOfMeans(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] mean(double[] sum, List<double[]> chunkSums, List<Batch> chunks) {
      double[] mean = new double[sum.length];
      for (int k = 0; k < mean.length; k++) {
        for (int c = 0; c < chunks.size(); c++) {
          mean[k] = plus(mean[k], over(chunkSums.get(c)[k], chunks.get(c).size()));
        }
        mean[k] = over(mean[k], chunks.size());
      }
      return mean;
    }
  }

  static final class ClippedGradient extends TextbookNetwork {
    private final double largest;

    ClippedGradient(double largest, Precision precision, double rate) {
      super(precision, rate);
      this.largest = precision.round(largest);
    }

    @Override
    protected double[] mean(double[] sum, List<double[]> chunkSums, List<Batch> chunks) {
      return Arrays.stream(super.mean(sum, chunkSums, chunks))
          .map(g -> Math.max(-largest, Math.min(g, largest)))
          .toArray();
    }
  }

  static final class PenalisedWeights extends TextbookNetwork {
    private static final double STRENGTH = 1e-4;

    PenalisedWeights(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] mean(double[] sum, List<double[]> chunkSums, List<Batch> chunks) {
      double[] mean = super.mean(sum, chunkSums, chunks);
      for (int k = 0; k < mean.length; k++) {
        mean[k] = plus(mean[k], times(precision.round(STRENGTH), weight(k)));
      }
      return mean;
    }
  }

  static final class WeightDecay extends TextbookNetwork {
    private static final double STRENGTH = 1e-2;

    WeightDecay(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] updated(double[] before, double[] mean) {
      double[] after = super.updated(before, mean);
      double strength = times(rate, precision.round(STRENGTH));
      for (int k = 0; k < after.length; k++) {
        after[k] = minus(after[k], times(strength, before[k]));
      }
      return after;
    }
  }

  static final class Momentum extends TextbookNetwork {
    private static final double SHARE = 0.9;
    private double[] velocity = {};

    Momentum(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    public void begin(Weights start) {
      super.begin(start);
      velocity = new double[start.topology().weightCount()];
    }

    @Override
    protected double[] updated(double[] before, double[] mean) {
      double[] after = new double[before.length];
      for (int k = 0; k < after.length; k++) {
        velocity[k] = minus(times(precision.round(SHARE), velocity[k]), times(rate, mean[k]));
        after[k] = plus(before[k], velocity[k]);
      }
      return after;
    }
  }

  static final class RateTwice extends TextbookNetwork {
    RateTwice(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] updated(double[] before, double[] mean) {
      return super.updated(before, Arrays.stream(mean).map(g -> times(rate, g)).toArray());
    }
  }

  static final class Ascent extends TextbookNetwork {
    Ascent(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] updated(double[] before, double[] mean) {
      return super.updated(before, Arrays.stream(mean).map(g -> -g).toArray());
    }
  }
}
