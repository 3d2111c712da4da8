package io.github.sumnet.data;

/** Samples that a batch refers to, and that are made or read only when one of them is looked at. */
public sealed interface PendingSamples permits GeneratedSamples, StoredRows {
  /** Makes or reads {@code count} of them, from one of them on, counted from 0. */
  void read(int from, int count, Batch into);

  /** Whether these begin where the first {@code count} samples of others end. */
  boolean follow(PendingSamples before, int count);
}
