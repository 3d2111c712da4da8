package io.github.sumnet.report;

import io.github.sumnet.explain.Explanation;

/** A way to write an explanation down. */
@FunctionalInterface
public interface ExplanationFormat {
  /** The whole walk-through, without a newline at its end. */
  String format(Explanation explanation);
}
