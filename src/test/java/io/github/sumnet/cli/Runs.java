package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.train.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of train that keep their folders in one place.
 *
 * @param out where
 */
record Runs(Path out) {
  /** Trains with these flags, blanks between them. */
  Cli.Outcome train(String flags) {
    return Cli.launch(arguments(flags));
  }

  /** What {@link #train} calls sumnet with. */
  String[] arguments(String flags) {
    List<String> all = new ArrayList<>(List.of("train", "--out", out.toString()));
    all.addAll(List.of(flags.strip().split(" +", -1)));
    return all.toArray(String[]::new);
  }

  /** The folder of a run, from 1. */
  Path folder(int run) {
    return out.resolve("train").resolve("000" + run);
  }

  /** A run's last checkpoint. */
  Path lastFile(int run) {
    return folder(run).resolve("checkpoints").resolve("last.zip");
  }

  Checkpoint last(int run) {
    return Checkpoint.read(lastFile(run));
  }

  void assertThatTheBitsAreTheSame(int run, int other) {
    Checkpoint one = last(run);
    Checkpoint two = last(other);
    assertThat(two.coefficients()).isEqualTo(one.coefficients());
    assertThat(two.updaterState()).isEqualTo(one.updaterState());
    assertThat(two.position().step()).isEqualTo(one.position().step());
  }
}
