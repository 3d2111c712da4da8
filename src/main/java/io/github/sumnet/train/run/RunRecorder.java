package io.github.sumnet.train.run;

import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.file.FileFailure;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.Measurement;
import io.github.sumnet.train.Position;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes what happens in training into the run's folder and shows it. */
final class RunRecorder implements TrainingListener, AutoCloseable {
  private static final long LEAST_NANOS_BETWEEN_BEST = 1_000_000_000;

  private final RunFolder run;
  private final RunPlan plan;
  private final InputBounds inputs;
  private final String provenance;
  private final Engine engine;
  private final Progress progress;
  private final MetricsCsv metrics;
  private final EventFile events;
  private final Deque<Path> kept = new ArrayDeque<>();

  private final Dl4jModel best;
  private Position bestPosition;
  private boolean bestIsWritten = true;
  private long bestDueNanos = System.nanoTime() + LEAST_NANOS_BETWEEN_BEST;

  /**
   * Opens the files that measurements go to.
   *
   * @param inputs where the inputs lie that are trained on
   * @param provenance where the run is made, as JSON
   * @param engine what trains
   * @param best takes the best states; a model of the same kind as the engine's
   * @param progress shows it
   */
  RunRecorder(
      RunFolder run,
      RunPlan plan,
      InputBounds inputs,
      String provenance,
      Engine engine,
      Dl4jModel best,
      Progress progress)
      throws IOException {
    this.run = run;
    this.plan = plan;
    this.inputs = inputs;
    this.provenance = provenance;
    this.engine = engine;
    this.best = best;
    this.progress = progress;
    metrics = new MetricsCsv(run.path().resolve(RunFolder.METRICS));
    try {
      events = new EventFile(run.path(), Clock.systemUTC());
    } catch (IOException unopened) {
      metrics.close();
      throw unopened;
    }
  }

  @Override
  public void measured(Measurement measurement) {
    metrics.add(measurement);
    events.add(measurement);
    progress.show(measurement);
  }

  @Override
  public void checkpoint(Position position, boolean isBest) {
    try {
      if (isBest) {
        keepBest(position);
      } else {
        writeBest();
        write(run.last(), engine.model(), position);
        keep(position);
        progress.reached(position);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          "cannot write a checkpoint to %s: %s; the one before is whole"
              .formatted(run.path(), FileFailure.cause(unwritable)),
          unwritable);
    }
  }

  /**
   * While the loss falls fast there is a best state more often than a disk can be made to have it:
   * it is kept in memory, and written when it comes a second or more after the last write or the
   * beginning, with every checkpoint, and at the end.
   */
  private void keepBest(Position position) throws IOException {
    best.copyFrom(engine.model());
    bestPosition = position;
    bestIsWritten = false;
    if (System.nanoTime() - bestDueNanos >= 0) {
      writeBest();
    }
  }

  private void writeBest() throws IOException {
    if (!bestIsWritten) {
      write(run.best(), best, bestPosition);
      bestIsWritten = true;
      bestDueNanos = System.nanoTime() + LEAST_NANOS_BETWEEN_BEST;
    }
  }

  /** Writes what has not been written yet. */
  @Override
  public void close() throws IOException {
    try {
      writeBest();
    } finally {
      events.close();
      metrics.close();
    }
  }

  private void keep(Position position) throws IOException {
    if (plan.keep() == 0) {
      return;
    }
    Path file = run.ofStep(position.step());
    write(file, engine.model(), position);
    kept.remove(file);
    kept.addLast(file);
    while (kept.size() > plan.keep()) {
      Files.deleteIfExists(kept.removeFirst());
    }
  }

  private void write(Path file, Dl4jModel state, Position position) throws IOException {
    Checkpoint.write(file, state, plan, position, inputs, provenance);
  }
}
