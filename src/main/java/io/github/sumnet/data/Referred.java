package io.github.sumnet.data;

/** Samples that a batch refers to without having them: each kind can be computed from as it is. */
public sealed interface Referred permits MappedSamples, GeneratedSamples {
  /**
   * Copies some of the samples.
   *
   * @param from the first, among those that are referred to
   */
  void copy(int from, int count, Batch into);
}
