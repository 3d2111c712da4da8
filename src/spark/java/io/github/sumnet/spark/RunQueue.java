package io.github.sumnet.spark;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.network.Precision;

/** The chunks of one run after another, numbered from 0 as if they were a step of their own. */
final class RunQueue implements ChunkQueue {
  private final BatchSource source;
  private final Slicing slicing;
  private final Batch batch;
  private BatchSource epoch;
  private long step = -1;
  private ChunkRun run;
  private int taken;

  RunQueue(BatchSource source, Slicing slicing, Precision precision) {
    this.source = source;
    this.slicing = slicing;
    batch = Batch.allocate(precision, slicing.largestChunk());
  }

  /** Goes to a run of a step. */
  void moveTo(long nextStep, ChunkRun nextRun) {
    if (epoch == null || slicing.epoch(nextStep) != slicing.epoch(step)) {
      epoch = source.inEpoch(slicing.epoch(nextStep));
    }
    step = nextStep;
    run = nextRun;
    taken = 0;
  }

  @Override
  public Batch take() {
    int chunk = run.first() + taken;
    long first = slicing.firstSample(step) + (long) chunk * slicing.chunkSize();
    epoch.refer(first, slicing.chunkSize(step, chunk), batch);
    batch.moveTo(taken++);
    return batch;
  }

  @Override
  public void release(Batch chunk) {}
}
