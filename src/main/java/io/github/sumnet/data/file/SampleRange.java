package io.github.sumnet.data.file;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import java.util.Objects;

/**
 * A contiguous part of other samples.
 *
 * @param first the first sample that belongs to it
 * @param samples how many do, at least 1
 */
record SampleRange(BatchSource source, long first, long samples) implements BatchSource {
  public SampleRange {
    Objects.checkFromIndexSize(first, samples, source.samples());
    if (samples < 1) {
      throw new IllegalArgumentException("an epoch has at least one sample, not " + samples);
    }
  }

  @Override
  public void read(long start, int count, Batch into) {
    Objects.checkFromIndexSize(start, count, samples);
    source.read(first + start, count, into);
  }

  @Override
  public void refer(long start, int count, Batch batch) {
    Objects.checkFromIndexSize(start, count, samples);
    source.refer(first + start, count, batch);
  }

  @Override
  public void requireWhole() {
    source.requireWhole();
  }
}
