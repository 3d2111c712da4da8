package io.github.sumnet.train;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchLoader;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.ChunkReader;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.SpotCheck;
import java.util.function.BooleanSupplier;

/** The training loop. It takes a passing gradient check to make one. */
public final class Trainer {
  private static final int CHUNKS_AHEAD = 3;
  private static final long LEAST_NANOS_BETWEEN_SPOTS = 5_000_000_000L;

  private final Engine engine;
  private final TrainingPlan plan;
  private final Slicing slicing;
  private final BatchSource samples;
  private final BatchSource heldOut;
  private final HeldOutLoss heldOutLoss;
  private final TrainingListener listener;
  private final BooleanSupplier interrupted;

  private Position position;
  private long startNanos;
  private double secondsBefore;
  private Measurement last;
  private Position lastCheckpoint;
  private SpotCheck spotCheck;
  private long nextSpotNanos;
  private final SteadyRate.Recorder rates = new SteadyRate.Recorder();

  /**
   * A trainer for an engine that has its initial weights.
   *
   * @param report the check of this very engine
   * @param interrupted asked before every step; true ends training with a checkpoint
   * @throws io.github.sumnet.gradcheck.NotCertifiedException unless the report passes
   * @throws IllegalArgumentException if the report is about another engine
   */
  public Trainer(
      Engine engine,
      GradientReport report,
      TrainingPlan plan,
      BatchSource samples,
      BatchSource heldOut,
      TrainingListener listener,
      BooleanSupplier interrupted) {
    report.requirePass();
    if (!report.engine().equals(engine.spec())) {
      throw new IllegalArgumentException(
          "the gradient check was made of " + report.engine() + ", not of " + engine.spec());
    }
    this.engine = engine;
    this.plan = plan;
    this.slicing = plan.slicing();
    this.samples = samples;
    this.heldOut = heldOut;
    heldOutLoss = new HeldOutLoss(engine, heldOut);
    this.listener = listener;
    this.interrupted = interrupted;
  }

  /**
   * Trains from a position to the end that the plan sets.
   *
   * @param from {@link Position#START}, or where the model that the engine was given had come to
   * @throws DivergedException if the loss or a weight is no longer finite
   * @throws WorkersLostException if others compute the steps and none of them is left; there is a
   *     checkpoint of all steps before
   * @throws InterruptedException if the thread is interrupted, which leaves no checkpoint
   */
  public TrainingResult train(Position from) throws InterruptedException {
    position = from;
    secondsBefore = from.secondsTraining();
    startNanos = System.nanoTime();
    last = measurement(Double.NaN, Double.NaN);
    try (SpotCheck spots =
        engine.spec().type() == EngineType.FUSED ? new SpotCheck(engine) : null) {
      spotCheck = spots;
      nextSpotNanos = startNanos;
      StopReason reason = trainOn(from);
      return finish(from, reason);
    }
  }

  private StopReason trainOn(Position from) throws InterruptedException {
    checkpoint(false);
    if (engine.spec().device() != Device.CUDA) {
      ChunkQueue chunks = new ChunkReader(samples, slicing, from.step(), plan.precision());
      return steps(chunks);
    }
    // ND4J computes on the GPU while the next chunks are read.
    try (BatchLoader chunks =
        new BatchLoader(samples, slicing, from.step(), plan.precision(), CHUNKS_AHEAD)) {
      return steps(chunks);
    }
  }

  private StopReason steps(ChunkQueue chunks) throws InterruptedException {
    StopReason reason = stopReason();
    while (reason == null) {
      try {
        step(chunks);
      } catch (WorkersLostException lost) {
        // Whoever is asked to end may have ended the workers, too.
        if (!interrupted.getAsBoolean()) {
          checkpoint(false);
          throw lost;
        }
      }
      reason = stopReason();
    }
    return reason;
  }

  private StopReason stopReason() {
    if (interrupted.getAsBoolean()) {
      return StopReason.INTERRUPTED;
    }
    return plan.stop().reached(position, slicing.stepsPerEpoch(), seconds());
  }

  private void step(ChunkQueue chunks) throws InterruptedException {
    long step = position.step();
    boolean measure = (step + 1) % plan.logEvery() == 0;
    boolean evaluate = (step + 1) % plan.evaluateEvery() == 0;
    int epoch = Math.toIntExact(slicing.epoch(step));
    double loss = engine.step(chunks, slicing.chunks(step), epoch, measure);
    position = position.afterSteps(step + 1, seconds());
    rates.mark(
        step + 1, slicing.samplesBefore(step + 1), position.secondsTraining() - secondsBefore);
    if (measure) {
      requireFinite(loss, "the loss was ");
    }
    if (evaluate) {
      evaluate(loss);
    } else if (measure) {
      report(loss, Double.NaN);
    }
    if (checkpointIsDue()) {
      checkpoint(false);
    }
  }

  private void evaluate(double loss) throws InterruptedException {
    double onHeldOut = heldOutLoss.now();
    requireFinite(onHeldOut, "the held-out loss was ");
    position = position.afterEvaluation(onHeldOut);
    report(loss, onHeldOut);
    if (position.evaluationsSinceBest() == 0) {
      checkpoint(true);
    }
  }

  private TrainingResult finish(Position begin, StopReason reason) throws InterruptedException {
    nextSpotNanos = System.nanoTime();
    samples.requireWhole();
    requireFiniteWeights();
    Evaluation atTheEnd = Evaluation.of(engine, heldOut);
    if (atTheEnd.loss() < position.bestLoss()) {
      checkpoint(true);
    }
    if (position.step() > lastCheckpoint.step()) {
      checkpoint(false);
    }
    double seconds = seconds() - begin.secondsTraining();
    long all = slicing.samplesBefore(position.step());
    return new TrainingResult(
        atTheEnd,
        begin,
        position,
        all - slicing.samplesBefore(begin.step()),
        all,
        engine.model().weights(),
        reason,
        seconds,
        rates.find(),
        spotCheck == null ? 0 : spotCheck.checks(),
        spotCheck == null ? 0 : spotCheck.worstErrorOverBound(),
        engine.transfers());
  }

  private void report(double loss, double onHeldOut) {
    samples.requireWhole();
    last = measurement(loss, onHeldOut);
    listener.measured(last);
  }

  private Measurement measurement(double loss, double onHeldOut) {
    long step = position.step();
    long epoch = slicing.epoch(Math.max(step - 1, 0));
    long taken = slicing.samplesBefore(step);
    double seconds = seconds();
    double rate =
        last == null ? Double.NaN : (taken - last.samples()) / (seconds - last.secondsTraining());
    return new Measurement(
        step, epoch, taken, loss, onHeldOut, engine.model().learningRate(), seconds, rate);
  }

  private boolean checkpointIsDue() {
    return plan.checkpointEvery()
        .hasPassed(
            position.step() - lastCheckpoint.step(),
            position.secondsTraining() - lastCheckpoint.secondsTraining());
  }

  private void checkpoint(boolean best) throws InterruptedException {
    samples.requireWhole();
    requireFiniteWeights();
    if (spotCheck != null && System.nanoTime() - nextSpotNanos >= 0) {
      nextSpotNanos = System.nanoTime() + LEAST_NANOS_BETWEEN_SPOTS;
      spotCheck.check(position.step(), spot());
    }
    listener.checkpoint(position, best);
    if (!best) {
      lastCheckpoint = position;
    }
  }

  /** Samples of the step to come. */
  private Batch spot() {
    Batch batch = Batch.allocate(plan.precision(), SpotCheck.samples(plan.topology()));
    long first = slicing.firstSample(position.step());
    samples.read(first, (int) Math.min(batch.capacity(), slicing.samples() - first), batch);
    return batch;
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - startNanos) / 1e9;
  }

  private void requireFiniteWeights() {
    if (!engine.model().weights().isFinite()) {
      throw new DivergedException(position.step(), "a weight was not finite");
    }
  }

  private void requireFinite(double value, String what) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(position.step(), what + value);
    }
  }
}
