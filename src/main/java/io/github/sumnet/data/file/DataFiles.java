package io.github.sumnet.data.file;

import io.github.sumnet.cli.DataOptions;
import io.github.sumnet.cli.Failures;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.SampleRange;
import io.github.sumnet.data.ShuffledBatches;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.network.Precision;
import io.github.sumnet.train.RunSamples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * The files that a run's samples come from.
 *
 * @param data the file that is trained on
 * @param trainingRows how many of its rows are, from the first on
 * @param heldOut the file that losses are measured on; the same one if its last rows serve that
 * @param heldOutFirst the first of its rows that do
 * @param warnings what the user should know about the choice of files
 */
record DataFiles(
    StoredBatches data,
    long trainingRows,
    StoredBatches heldOut,
    long heldOutFirst,
    List<String> warnings) {
  private static final int HELD_OUT_SHARE = 10;

  /**
   * Opens the files that options name, and notes the fingerprints of what they are.
   *
   * @throws DataException if they are damaged, too small, or not what they were
   * @throws UnreadableException if they cannot be read
   */
  static DataFiles open(DataOptions options) {
    StoredBatches data = open("--data", options.data);
    options.dataFingerprint = requireSame(data, options.dataFingerprint);
    if (options.heldOut != null) {
      StoredBatches heldOut = open("--held-out", options.heldOut);
      options.heldOutFingerprint = requireSame(heldOut, options.heldOutFingerprint);
      List<String> warnings =
          options.heldOutFingerprint.equals(options.dataFingerprint)
              ? List.of(
                  "--held-out "
                      + options.heldOut
                      + " holds the samples that are trained on: its loss says nothing about others;"
                      + " without --held-out the last tenth of --data is held out")
              : List.of();
      return new DataFiles(data, data.samples(), heldOut, 0, warnings);
    }
    long rows = data.samples();
    if (rows < 2) {
      throw new DataException(
          options.data
              + ": expected at least 2 samples, of which one is held out, found 1;"
              + " --held-out names another file for that");
    }
    long held = Math.min((rows - 1) / HELD_OUT_SHARE + 1, RunSamples.HELD_OUT_SAMPLES);
    return new DataFiles(data, rows - held, data, rows - held, List.of());
  }

  /** Opens a file that a flag names. */
  static StoredBatches open(String flag, Path file) {
    try {
      return SampleFile.open(file);
    } catch (IOException unreadable) {
      throw new UnreadableException(flag, file, unreadable);
    }
  }

  private static String requireSame(StoredBatches file, String expected) {
    String found;
    try {
      found = Fingerprint.of(file).toString();
    } catch (IOException unreadable) {
      throw new UnreadableException("--data", file.file(), unreadable);
    }
    if (expected != null && !expected.equals(found)) {
      throw new DataException(
          file.file()
              + " is not the file that the run was begun with: expected "
              + expected
              + " (bytes-rows-hash), found "
              + found);
    }
    return found;
  }

  /** How many rows are held out. */
  long heldOutRows() {
    return heldOut.samples() - heldOutFirst;
  }

  /**
   * Reads everything once.
   *
   * @param onSamples is told, from several threads, how many more samples have been read
   * @throws DataException about the first sample that is not as it should be
   */
  Checked check(Precision precision, boolean anyTarget, LongConsumer onSamples) {
    return new Checked(
        new SampleCheck(data, precision, anyTarget, onSamples).check(0, trainingRows),
        new SampleCheck(heldOut, precision, anyTarget, onSamples)
            .check(heldOutFirst, heldOutRows()));
  }

  /** What the samples are like that are trained on, and those that are held out. */
  record Checked(CheckedSamples training, CheckedSamples heldOut) {
    /** What the user should know about them. */
    List<String> warnings() {
      if (!training.leaveSigmoid() && !heldOut.leaveSigmoid()) {
        return List.of();
      }
      return List.of(
          String.format(
              Locale.ROOT,
              "--any-target: targets reach from %s to %s, but a sigmoid's output stays between 0 and"
                  + " 1; no training can bring the loss below %.6g on the samples trained on, below"
                  + " %.6g on those held out",
              Math.min(training.low(), heldOut.low()),
              Math.max(training.high(), heldOut.high()),
              training.unreachableLoss(),
              heldOut.unreachableLoss()));
    }
  }

  /** What an InternalError means while these files are read. */
  DataException cutShort(InternalError fault) {
    String both = data == heldOut ? "" : " or " + heldOut.file();
    return DataException.cutShort(data.file() + both, fault);
  }

  /** The samples in the order in which a run takes them. */
  RunSamples samples(Checked checked, boolean shuffle, long seed) {
    return new RunSamples(
        shuffle
            ? new ShuffledBatches(data, trainingRows, seed)
            : new SampleRange(data, 0, trainingRows),
        new SampleRange(heldOut, heldOutFirst, heldOutRows()),
        checked.training().inputs(),
        data.file());
  }

  /** A file that cannot be read at all; the message names the flag. */
  static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String flag, Path file, IOException cause) {
      super(flag + ": cannot read " + file + ": " + Failures.cause(cause), cause);
    }
  }
}
