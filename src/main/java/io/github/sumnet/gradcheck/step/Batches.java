package io.github.sumnet.gradcheck.step;

import io.github.sumnet.data.Batch;
import io.github.sumnet.network.Precision;
import java.util.List;
import java.util.stream.IntStream;

/** Batches made of given samples. */
public final class Batches {
  private Batches() {}

  /** A batch of these samples, rounded to its precision; each is {x1, x2, y}. */
  public static Batch of(Precision precision, double[]... samples) {
    Batch batch = Batch.allocate(precision, samples.length);
    batch.resize(samples.length);
    for (int i = 0; i < samples.length; i++) {
      batch.set(i, samples[i][0], samples[i][1], samples[i][2]);
    }
    return batch;
  }

  /** All samples of the chunks, in their order, as one batch. */
  public static Batch joined(List<Batch> chunks) {
    if (chunks.size() == 1) {
      return chunks.get(0);
    }
    double[][] samples =
        chunks.stream().flatMap(chunk -> samples(chunk).stream()).toArray(double[][]::new);
    return of(chunks.get(0).precision(), samples);
  }

  /** How many samples the chunks have together. */
  public static int size(List<Batch> chunks) {
    return chunks.stream().mapToInt(Batch::size).sum();
  }

  /** The samples {x1, x2, y} of a batch. */
  public static List<double[]> samples(Batch batch) {
    return IntStream.range(0, batch.size())
        .mapToObj(i -> new double[] {batch.x1(i), batch.x2(i), batch.y(i)})
        .toList();
  }
}
