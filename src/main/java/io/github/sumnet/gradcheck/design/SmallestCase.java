package io.github.sumnet.gradcheck.design;

import io.github.sumnet.gradcheck.step.Samples;
import java.util.ArrayList;
import java.util.List;

/**
 * Shrinks a failing design: takes steps, chunks and samples away, large parts first, as long as it
 * still fails in the same way (Zeller and Hildebrandt's delta debugging, 2002). The search ends
 * early where nothing much can be taken away from thousands of samples.
 */
public final class SmallestCase {
  /** Whether a design fails in the way that is investigated. */
  public interface Failing {
    boolean test(Design design) throws InterruptedException;
  }

  /** What the search may cost, in samples of all the candidates that are tried. */
  private static final int MOST_SAMPLES = 100_000;

  private final Failing failing;
  private Design smallest;
  private int samplesLeft = MOST_SAMPLES;

  private SmallestCase(Design design, Failing failing) {
    this.smallest = design;
    this.failing = failing;
  }

  public static Design of(Design design, Failing failing) throws InterruptedException {
    SmallestCase search = new SmallestCase(design, failing);
    search.joinChunks();
    while (search.dropStep() || search.dropChunk() || search.dropSamples()) {
      // Every success may make another one possible.
    }
    return search.smallest;
  }

  private void joinChunks() throws InterruptedException {
    accept(smallest.steps().stream().map(Samples::joined).toList());
  }

  private boolean dropStep() throws InterruptedException {
    for (int step = 0; step < smallest.steps().size() && smallest.steps().size() > 1; step++) {
      List<Samples> steps = new ArrayList<>(smallest.steps());
      steps.remove(step);
      if (accept(steps)) {
        return true;
      }
    }
    return false;
  }

  private boolean dropChunk() throws InterruptedException {
    for (int step = 0; step < smallest.steps().size(); step++) {
      List<List<double[]>> chunks = smallest.steps().get(step).chunks();
      for (int chunk = 0; chunk < chunks.size() && chunks.size() > 1; chunk++) {
        List<List<double[]>> left = new ArrayList<>(chunks);
        left.remove(chunk);
        if (accept(replaced(step, left))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean dropSamples() throws InterruptedException {
    boolean dropped = false;
    for (int step = 0; step < smallest.steps().size(); step++) {
      for (int chunk = 0; chunk < smallest.steps().get(step).chunks().size(); chunk++) {
        dropped |= dropSamples(step, chunk);
      }
    }
    return dropped;
  }

  private boolean dropSamples(int step, int chunk) throws InterruptedException {
    boolean dropped = false;
    for (int part = rows(step, chunk).size() / 2; part >= 1; part /= 2) {
      for (int from = 0; from < rows(step, chunk).size() && rows(step, chunk).size() > 1; ) {
        List<double[]> left = new ArrayList<>(rows(step, chunk));
        left.subList(from, Math.min(from + part, left.size())).clear();
        List<List<double[]>> chunks = new ArrayList<>(smallest.steps().get(step).chunks());
        chunks.set(chunk, left);
        if (!left.isEmpty() && accept(replaced(step, chunks))) {
          dropped = true;
        } else {
          from += part;
        }
      }
    }
    return dropped;
  }

  private List<Samples> replaced(int step, List<List<double[]>> chunks) {
    List<Samples> steps = new ArrayList<>(smallest.steps());
    steps.set(step, new Samples(chunks));
    return steps;
  }

  private boolean accept(List<Samples> steps) throws InterruptedException {
    Design candidate =
        new Design(smallest.name(), smallest.network(), smallest.parameters(), List.copyOf(steps));
    samplesLeft -= candidate.size();
    if (samplesLeft < 0 || !failing.test(candidate)) {
      return false;
    }
    smallest = candidate;
    return true;
  }

  private List<double[]> rows(int step, int chunk) {
    return smallest.steps().get(step).chunks().get(chunk);
  }
}
