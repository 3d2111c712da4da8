package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a check of an engine's gradients found. Only {@link GradientCheck} makes one, so a passing
 * report is proof that the check was run.
 */
public final class GradientReport {
  private final EngineSpec engine;
  private final long seed;
  private final List<DesignResult> results;

  GradientReport(EngineSpec engine, long seed, List<DesignResult> results) {
    this.engine = engine;
    this.seed = seed;
    this.results = List.copyOf(results);
  }

  /** The engine that was checked. */
  public EngineSpec engine() {
    return engine;
  }

  /** What the random designs were drawn from. */
  public long seed() {
    return seed;
  }

  public List<DesignResult> results() {
    return results;
  }

  /**
   * Fails if any component does; passes if, besides, every component passed on a design that is
   * blind to nothing.
   */
  public Verdict verdict() {
    if (count(Verdict.FAIL) > 0) {
      return Verdict.FAIL;
    }
    return everyComponentPassedSomewhere() ? Verdict.PASS : Verdict.INCONCLUSIVE;
  }

  private boolean everyComponentPassedSomewhere() {
    Set<String> passed =
        results.stream()
            .filter(result -> result.blindTo().isEmpty())
            .flatMap(result -> result.components().stream())
            .filter(component -> component.verdict() == Verdict.PASS)
            .map(Component::name)
            .collect(Collectors.toSet());
    return components().allMatch(component -> passed.contains(component.name()));
  }

  /** How many comparisons came to this verdict. */
  public long count(Verdict verdict) {
    return components().filter(component -> component.verdict() == verdict).count();
  }

  /** How many numbers were compared. */
  public long checked() {
    return components().count();
  }

  /** The largest error in units of its bound. */
  public double worstErrorOverBound() {
    return components()
        .mapToDouble(Component::errorOverBound)
        .reduce(0, (a, b) -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.max(a, b));
  }

  /**
   * Insists on a pass.
   *
   * @throws GradientMismatchException if the gradients are wrong or could not be judged
   */
  public void requirePass() {
    if (verdict() != Verdict.PASS) {
      throw new GradientMismatchException(this);
    }
  }

  private Stream<Component> components() {
    return results.stream().flatMap(result -> result.components().stream());
  }
}
