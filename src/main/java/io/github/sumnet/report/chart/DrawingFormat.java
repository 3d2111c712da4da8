package io.github.sumnet.report.chart;

/** A way to write a drawing into a file. */
@FunctionalInterface
public interface DrawingFormat {
  /** The whole file. */
  byte[] bytes(Drawing drawing);
}
