package io.github.sumnet.gradcheck;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.gradcheck.step.EngineSubject;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.XavierInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Whether the same step gives the same bits again.
 *
 * @param runs how many times the step was taken
 * @param identical whether every value had the same bits each time
 * @param threads the numbers of threads that were compared
 * @param threadSpread the largest distance between values at different numbers of threads, in units
 *     in the last place
 */
public record Repeatability(
    int runs, boolean identical, List<Integer> threads, double threadSpread) {
  private static final int RUNS = 3;
  private static final int CHUNKS = 8;
  private static final int CHUNK_SIZE = 125;

  /** Whether it is as it must be: the bits must be the same, but for ND4J on a GPU. */
  public Verdict verdict(Device device) {
    return device == Device.CUDA || (identical && threadSpread == 0) ? Verdict.PASS : Verdict.FAIL;
  }

  static Repeatability of(EngineSpec spec, long seed) throws InterruptedException {
    double[] weights =
        XavierInit.weights(spec.topology(), seed).map(spec.precision()::round).toArray();
    Samples chunks = chunks(spec.precision(), new Random(seed));
    Observation first = null;
    boolean identical = true;
    try (Subject subject = new EngineSubject(spec)) {
      for (int run = 0; run < RUNS; run++) {
        subject.begin(weights);
        Observation seen = subject.step(chunks);
        first = first == null ? seen : first;
        identical &= seen.sameBits(first);
      }
    }
    List<Integer> threads = new ArrayList<>();
    double spread = 0;
    boolean parallel = spec.device() == Device.CPU && spec.type() != EngineType.REFERENCE;
    for (int count : parallel ? new int[] {1, 2, 3, 7} : new int[] {1}) {
      threads.add(count);
      try (Subject subject = new EngineSubject(spec.withThreads(count))) {
        subject.begin(weights);
        spread = Math.max(spread, spread(spec, first, subject.step(chunks)));
      }
    }
    return new Repeatability(RUNS, identical, List.copyOf(threads), spread);
  }

  private static Samples chunks(Precision precision, Random random) {
    List<List<double[]>> chunks = new ArrayList<>();
    for (int c = 0; c < CHUNKS; c++) {
      double[][] samples = new double[CHUNK_SIZE][];
      for (int i = 0; i < CHUNK_SIZE; i++) {
        samples[i] =
            new double[] {
              precision.round(random.nextGaussian()),
              precision.round(random.nextGaussian()),
              precision.round(random.nextDouble())
            };
      }
      chunks.add(List.of(samples));
    }
    return new Samples(chunks);
  }

  private static double spread(EngineSpec spec, Observation one, Observation other) {
    double most = 0;
    for (Stage stage : Stage.all(DenseNetwork.of(spec.topology()))) {
      for (int i = 0; i < one.at(stage).length; i++) {
        double distance = Math.abs(one.at(stage)[i] - other.at(stage)[i]);
        most = Math.max(most, distance / spec.precision().ulp(one.at(stage)[i]));
      }
    }
    return most;
  }
}
