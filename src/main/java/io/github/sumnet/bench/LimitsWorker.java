package io.github.sumnet.bench;

/** Measures the machine's ceilings. */
final class LimitsWorker implements Worker.Service {
  private final int threads;

  LimitsWorker(int threads) {
    this.threads = threads;
  }

  @Override
  public Answer answer(Request request) throws InterruptedException {
    return Answer.of(LimitsMeter.measure(threads, request.bytes()));
  }
}
