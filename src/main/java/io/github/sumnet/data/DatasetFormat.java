package io.github.sumnet.data;

import io.github.sumnet.network.Precision;
import java.util.List;

/** How samples are written to a file. Safe for use by several threads at once. */
public interface DatasetFormat {
  /**
   * Bytes and their position in a file.
   *
   * @param position the byte at which they begin, or {@link #AT_THE_END}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Piece(long position, byte[] bytes) {}

  /** Stands for the position at which the piece before ended. */
  long AT_THE_END = -1;

  /** The precision that numbers are written in. */
  Precision precision();

  /** The bytes that the file begins with. */
  byte[] header();

  /**
   * The bytes of consecutive samples.
   *
   * @param first the index of the first of them
   * @param samples in this format's precision
   */
  List<Piece> encode(long first, Batch samples);
}
