package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.device.Device;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan as option names and values. */
class RunPlanTest {
  /** As checkpoints had it before a plan wrote itself. */
  private static final Map<String, String> EARLIER =
      """
      any-target=true
      batch-size=300
      checkpoint-every=30s
      chunk-size=65536
      data=/data/a.npy
      data-fingerprint=60128-5000-1a
      engine=dl4j
      evaluate-every=20
      hidden=2
      init=worked-example
      input-range=0.0:0.5
      keep=0
      learning-rate=0.1
      log-every=20
      max-time=90s
      patience=0
      precision=float
      samples=4500
      schedule=step:0.5:1000
      seed=42
      shuffle=true
      steps=40
      updater=adam
      """
          .lines()
          .map(line -> line.split("=", 2))
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

  @Test
  void what_checkpoints_have_is_read_and_written_as_the_same() {
    assertThat(RunPlan.of(EARLIER, Device.CPU).properties()).isEqualTo(EARLIER);
  }

  @Test
  void what_was_left_to_defaults_is_written_down() {
    Map<String, String> left = new TreeMap<>(EARLIER);
    left.keySet().removeAll(Set.of("chunk-size", "evaluate-every", "init", "precision", "shuffle"));

    assertThat(RunPlan.of(left, Device.CPU).properties()).isEqualTo(EARLIER);
    left.keySet().removeAll(Set.of("steps", "max-time"));
    assertThat(RunPlan.of(left, Device.CPU).properties()).containsEntry("epochs", "20");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch-size | 0    | --batch-size must be at least 1, not 0",
        "keep       | -1   | --keep must be 0 or more, not -1",
        "chunk-size | 1Gi  | --chunk-size must be from 1 to 67108864, not 1073741824",
        "engine     | fast | --engine: expected one of dl4j, fused, reference, not 'fast'",
        "max-time   | 3    | --max-time must be a time such as 30s, not 3",
        "hidden     | 3    | --init: the worked example's weights are those of a 2-2-1 network",
        "hostname   | a    | there is no option called hostname",
        "seed       |      | --seed must be given, not left out"
      })
  void a_value_that_is_wrong_is_named(String option, String value, String reason) {
    Map<String, String> wrong = new TreeMap<>(EARLIER);
    if (value == null) {
      wrong.remove(option);
    } else {
      wrong.put(option, value);
    }

    assertThatThrownBy(() -> RunPlan.of(wrong, Device.CPU))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason);
  }
}
