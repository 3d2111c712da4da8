package io.github.sumnet.spark;

import org.apache.spark.api.java.function.Function;

/** Computes a share of a step on an executor; made again, it gives the same bits. */
final class ShareTask implements Function<Share, Outcome> {
  private static final long serialVersionUID = 1L;

  private final Job job;

  ShareTask(Job job) {
    this.job = job;
  }

  @Override
  public Outcome call(Share share) throws InterruptedException {
    return ExecutorEngines.of(job).compute(share);
  }
}
