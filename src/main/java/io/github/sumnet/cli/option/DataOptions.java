package io.github.sumnet.cli.option;

import io.github.sumnet.data.file.SampleFiles;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which files a run's samples come from, if from files. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "Train on the samples of a .npy or .csv file (default: generated samples).")
  Path data;

  @Option(
      names = "--held-out",
      paramLabel = "FILE",
      description =
          "Measure losses on the samples of this file (default: on the last tenth of --data, at"
              + " most 65536 rows, which is then not trained on).")
  Path heldOut;

  @Option(
      names = "--shuffle",
      negatable = true,
      description = "Read --data in another order in every epoch (default: yes).")
  Boolean shuffle;

  @Option(
      names = "--any-target",
      description = "Accept targets outside [0, 1], which a sigmoid's output cannot reach.")
  Boolean anyTarget;

  /** Carried by checkpoints and configurations: the files have to be the same as they were. */
  @Option(names = "--data-fingerprint", hidden = true, paramLabel = "FINGERPRINT")
  String dataFingerprint;

  @Option(names = "--held-out-fingerprint", hidden = true, paramLabel = "FINGERPRINT")
  String heldOutFingerprint;

  /** Names files in a way that does not depend on the folder that sumnet is called in. */
  void makeAbsolute() {
    data = absolute(data);
    heldOut = absolute(heldOut);
  }

  private static Path absolute(Path file) {
    return file == null ? null : file.toAbsolutePath().normalize();
  }

  /** The files, or null if the samples are generated. */
  SampleFiles files() {
    return data == null
        ? null
        : new SampleFiles(
            data,
            heldOut,
            shuffle == null || shuffle,
            anyTarget != null && anyTarget,
            dataFingerprint,
            heldOutFingerprint);
  }
}
