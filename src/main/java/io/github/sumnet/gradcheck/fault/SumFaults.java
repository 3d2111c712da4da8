package io.github.sumnet.gradcheck.fault;

import io.github.sumnet.data.Batch;
import io.github.sumnet.gradcheck.step.TextbookNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import java.util.Arrays;
import java.util.List;

/** Networks with a fault in the gradients' sums over the batch. */
final class SumFaults {
  private SumFaults() {}

  static final class LastSampleDropped extends TextbookNetwork {
    LastSampleDropped(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected int occurrences(int sample, int n) {
      return sample == n - 1 ? 0 : 1;
    }
  }

  /** A loop over full lanes that takes too little of the rest. */
  static final class RaggedTail extends TextbookNetwork {
    private static final int LANES = 16;

    RaggedTail(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected int occurrences(int sample, int n) {
      return n % LANES != 0 && sample == n - 1 ? 0 : 1;
    }
  }

  static final class FirstBlockOnly extends TextbookNetwork {
    private static final int BLOCK = 1024;

    FirstBlockOnly(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected int occurrences(int sample, int n) {
      return sample < BLOCK ? 1 : 0;
    }
  }

  static final class FirstChunksOnly extends TextbookNetwork {
    private static final int CHUNKS = 8;

    FirstChunksOnly(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] total(List<double[]> chunkSums, int n) {
      return super.total(chunkSums.subList(0, Math.min(CHUNKS, chunkSums.size())), n);
    }
  }

  static final class FlushedSums extends TextbookNetwork {
    private static final double SMALLEST = 1e-20;

    FlushedSums(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] gradientSum(double[] sum) {
      return Arrays.stream(sum).map(g -> Math.abs(g) < SMALLEST ? 0 : g).toArray();
    }
  }

  static final class FirstSampleTwice extends TextbookNetwork {
    FirstSampleTwice(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected int occurrences(int sample, int n) {
      return sample == 0 ? 2 : 1;
    }
  }

  static final class LastChunkOnly extends TextbookNetwork {
    LastChunkOnly(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] total(List<double[]> chunkSums, int n) {
      return chunkSums.get(chunkSums.size() - 1);
    }
  }

  static final class Accumulated extends TextbookNetwork {
    private final int firstStep;
    private int step;
    private double[] previous = {};

    /**
     * A network that clears its sums at first.
     *
     * @param firstStep the first step that does not, from 1
     */
    Accumulated(int firstStep, Precision precision, double rate) {
      super(precision, rate);
      this.firstStep = firstStep;
    }

    @Override
    public void begin(Weights start) {
      super.begin(start);
      step = 0;
      previous = new double[start.topology().weightCount()];
    }

    @Override
    protected double[] gradientSum(double[] sum) {
      step++;
      for (int k = 0; k < sum.length && step >= firstStep; k++) {
        sum[k] = plus(previous[k], sum[k]);
      }
      previous = sum;
      return sum;
    }
  }

  static final class FloatSum extends TextbookNetwork {
    FloatSum(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] gradientSum(double[] sum) {
      return Arrays.stream(sum).map(g -> (float) g).toArray();
    }
  }

  static final class PredictionForActivation extends TextbookNetwork {
    PredictionForActivation(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double outputFactor(double a, double prediction) {
      return prediction;
    }
  }

  static final class FirstInputForBoth extends TextbookNetwork {
    FirstInputForBoth(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double input(Batch batch, int sample, int input) {
      return batch.x1(sample);
    }
  }

  static final class TransposedGradient extends TextbookNetwork {
    TransposedGradient(Precision precision, double rate) {
      super(precision, rate);
    }

    /** [2, H] derivatives written column by column where they are read row by row. */
    @Override
    protected double[] gradientSum(double[] sum) {
      double[] transposed = sum.clone();
      for (int k = 0; k < 2 * hidden(); k++) {
        transposed[k % hidden() * 2 + k / hidden()] = sum[k];
      }
      return transposed;
    }
  }

  static final class SmallError extends TextbookNetwork {
    private static final double FACTOR = 1 + 1e-4;

    SmallError(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] gradientSum(double[] sum) {
      for (int k = 0; k < 2 * hidden(); k++) {
        sum[k] = times(sum[k], precision.round(FACTOR));
      }
      return sum;
    }
  }

  static final class FrozenHiddenLayer extends TextbookNetwork {
    FrozenHiddenLayer(Precision precision, double rate) {
      super(precision, rate);
    }

    @Override
    protected double[] gradientSum(double[] sum) {
      Arrays.fill(sum, 0, 2 * hidden(), 0);
      return sum;
    }
  }
}
