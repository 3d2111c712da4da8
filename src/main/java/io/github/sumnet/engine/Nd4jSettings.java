package io.github.sumnet.engine;

import org.nd4j.linalg.factory.Nd4j;

/**
 * What ND4J has only once in a JVM, on a CPU.
 *
 * @param threads how many threads an operation may use
 * @param blasThreads how many the linear algebra may use
 * @param order how new arrays are laid out: 'c' row by row, 'f' column by column
 */
public record Nd4jSettings(int threads, int blasThreads, char order) {
  /**
   * What engines compute with: each of their threads has a chunk of its own, so ND4J's own threads
   * stay out of it; BLAS computes column by column, and with rows as the default DL4J's layers copy
   * every product.
   */
  public static final Nd4jSettings OF_ENGINES = new Nd4jSettings(1, 1, 'f');

  /** The settings in force in this JVM. */
  public static Nd4jSettings inForce() {
    return new Nd4jSettings(
        Nd4j.getEnvironment().maxMasterThreads(),
        Nd4j.factory().blas().getMaxThreads(),
        Nd4j.factory().order());
  }

  /** Puts these into force for the whole JVM. */
  public void apply() {
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.factory().blas().setMaxThreads(blasThreads);
    Nd4j.factory().setOrder(order);
  }
}
