package io.github.sumnet.data.file;

import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.DataException;
import io.github.sumnet.data.InputBounds;
import io.github.sumnet.data.ShuffledBatches;
import io.github.sumnet.data.StoredBatches;
import io.github.sumnet.network.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The files that a run's samples come from, opened.
 *
 * @param chosen which they are, with their fingerprints
 * @param data the file that is trained on
 * @param trainingRows how many of its rows are, from the first on
 * @param heldOut the file that losses are measured on; the same one if its last rows serve that
 * @param heldOutFirst the first of its rows that do
 */
public record DataFiles(
    SampleFiles chosen,
    StoredBatches data,
    long trainingRows,
    StoredBatches heldOut,
    long heldOutFirst) {
  /** The most rows that are held out where no file is named for that. */
  public static final int MOST_HELD_OUT = 65_536;

  private static final int HELD_OUT_SHARE = 10;

  /**
   * Opens the files.
   *
   * @throws DataException if they are damaged, too small, or not what they were
   * @throws UnusableFileException if they cannot be read
   */
  public static DataFiles open(SampleFiles chosen) {
    StoredBatches data = open("--data", chosen.data());
    String dataFingerprint = fingerprint("--data", data, chosen.dataFingerprint());
    StoredBatches heldOut = data;
    String heldOutFingerprint = null;
    long trainingRows = data.samples();
    long heldOutFirst = 0;
    if (chosen.heldOut() != null) {
      heldOut = open("--held-out", chosen.heldOut());
      heldOutFingerprint = fingerprint("--held-out", heldOut, chosen.heldOutFingerprint());
    } else if (trainingRows < 2) {
      throw new DataException(
          chosen.data()
              + ": expected at least 2 samples, of which one is held out, found 1;"
              + " --held-out names another file for that");
    } else {
      trainingRows -= Math.min((trainingRows - 1) / HELD_OUT_SHARE + 1, MOST_HELD_OUT);
      heldOutFirst = trainingRows;
    }
    SampleFiles known =
        new SampleFiles(
            chosen.data(),
            chosen.heldOut(),
            chosen.shuffle(),
            chosen.anyTarget(),
            dataFingerprint,
            heldOutFingerprint);
    return new DataFiles(known, data, trainingRows, heldOut, heldOutFirst);
  }

  /** Opens a file that a flag names. */
  public static StoredBatches open(String flag, Path file) {
    try {
      return SampleFile.open(file);
    } catch (IOException unreadable) {
      throw unreadable(flag, file, unreadable);
    }
  }

  private static UnusableFileException unreadable(String flag, Path file, IOException cause) {
    return new UnusableFileException(
        flag + ": cannot read " + file + ": " + FileFailure.cause(cause), cause);
  }

  private static String fingerprint(String flag, StoredBatches file, String expected) {
    String found;
    try {
      found = Fingerprint.of(file).toString();
    } catch (IOException unreadable) {
      throw unreadable(flag, file.file(), unreadable);
    }
    if (expected != null && !expected.equals(found)) {
      throw new DataException(
          ("%s is not the file that the run was begun with: expected %s (bytes-rows-hash),"
                  + " found %s")
              .formatted(file.file(), expected, found));
    }
    return found;
  }

  /** What the user should know about the choice of files. */
  public List<String> warnings() {
    return chosen.dataFingerprint().equals(chosen.heldOutFingerprint())
        ? List.of(
            "--held-out "
                + chosen.heldOut()
                + " holds the samples that are trained on: its loss says nothing about others;"
                + " without --held-out the last tenth of --data is held out")
        : List.of();
  }

  /** How many rows are held out. */
  public long heldOutRows() {
    return heldOut.samples() - heldOutFirst;
  }

  /**
   * Reads everything once.
   *
   * @param onSamples is told, from several threads, how many more samples have been read
   * @throws DataException about the first sample that is not as it should be
   */
  public Checked check(Precision precision, LongConsumer onSamples) {
    return new Checked(
        new SampleCheck(data, precision, chosen.anyTarget(), onSamples).check(0, trainingRows),
        new SampleCheck(heldOut, precision, chosen.anyTarget(), onSamples)
            .check(heldOutFirst, heldOutRows()));
  }

  /** What the samples are like that are trained on, and those that are held out. */
  public record Checked(CheckedSamples training, CheckedSamples heldOut) {}

  /** What the user should know about the samples. */
  public List<String> warnings(Checked checked) {
    return Stream.of(inputsBeyond(checked), targetsBeyond(checked))
        .filter(Objects::nonNull)
        .toList();
  }

  private static String targetsBeyond(Checked checked) {
    CheckedSamples training = checked.training();
    CheckedSamples heldOut = checked.heldOut();
    return training.leaveSigmoid() || heldOut.leaveSigmoid()
        ? String.format(
            Locale.ROOT,
            "--any-target: targets reach from %s to %s, but a sigmoid's output stays between 0 and"
                + " 1; no training can bring the loss below %.6g on the samples trained on, below"
                + " %.6g on those held out",
            Math.min(training.low(), heldOut.low()),
            Math.max(training.high(), heldOut.high()),
            training.unreachableLoss(),
            heldOut.unreachableLoss())
        : null;
  }

  /** The rows of one file that are not trained on are as the others. */
  private String inputsBeyond(Checked checked) {
    InputBounds trained = checked.training().inputs();
    InputBounds others = checked.heldOut().inputs();
    return heldOut != data && trained.areExceededBy(others)
        ? ("--held-out %s has inputs %s, beyond %s, which is trained on: expect larger errors on"
                + " them")
            .formatted(chosen.heldOut(), others.ranges(), trained.ranges())
        : null;
  }

  /**
   * What a failure means while these files are read. Mapped memory that is gone shows as an
   * InternalError, which comes in the middle of anything and may cause other failures: then one of
   * the files is no longer whole.
   */
  public Optional<DataException> ifCutShort(Throwable failure) {
    try {
      data.requireWhole();
      heldOut.requireWhole();
    } catch (DataException cut) {
      cut.addSuppressed(failure);
      return Optional.of(cut);
    }
    String both = data == heldOut ? "" : " or " + heldOut.file();
    return failure instanceof InternalError
        ? Optional.of(DataException.cutShort(data.file() + both, failure))
        : Optional.empty();
  }

  /**
   * The samples that are trained on, in the order in which a run takes them.
   *
   * @param seed what the orders of the epochs are drawn from
   */
  public BatchSource training(long seed) {
    return chosen.shuffle()
        ? new ShuffledBatches(data, trainingRows, seed)
        : new SampleRange(data, 0, trainingRows);
  }

  /** The samples that are held out. */
  public BatchSource heldOutSamples() {
    return new SampleRange(heldOut, heldOutFirst, heldOutRows());
  }
}
