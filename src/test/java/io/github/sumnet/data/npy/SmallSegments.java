package io.github.sumnet.data.npy;

import java.io.IOException;
import java.nio.file.Path;

/** Maps files in pieces that small files have several of. */
public final class SmallSegments {
  private SmallSegments() {}

  /** Opens a file with seven rows of double a segment. */
  public static NpyBatches open(Path file) throws IOException {
    return NpyBatches.open(file, 24 * 7);
  }
}
