package io.github.sumnet.report.document;

/** A result that every {@link OutputFormat} can print. */
public interface Report {
  /** For people. */
  Document document();

  /** For programs: records, maps and lists, as {@link Json} writes them. */
  Object json();
}
