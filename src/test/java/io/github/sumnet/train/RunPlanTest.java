package io.github.sumnet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.data.file.DataFiles;
import io.github.sumnet.data.file.SampleFiles;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void a_resumed_run_may_change_only_what_leaves_its_steps_as_they_are() {
    RunPlan plan = RunPlan.of(EARLIER, Device.CPU);
    plan.requireSameSteps(EARLIER);
    plan.requireSameSteps(Map.of("steps", "80", "engine", "fused", "keep", "3"));

    assertThatThrownBy(() -> plan.requireSameSteps(Map.of("seed", "43")))
        .isInstanceOf(OptionException.class)
        .hasMessage(
            "--seed 43 cannot change when a run is resumed: the checkpoint was made with 42");
    assertThatThrownBy(() -> plan.requireSameSteps(Map.of("held-out", "b.npy")))
        .hasMessageEndingWith("the checkpoint was made with the default");
  }

  @Test
  void what_is_known_of_files_are_their_rows_and_fingerprints(@TempDir Path folder)
      throws IOException {
    Path a = Files.writeString(folder.resolve("a.csv"), "x1,x2,y\n" + "0,0,0\n".repeat(20));
    Path b = Files.writeString(folder.resolve("b.csv"), "x1,x2,y\n0,0,1\n");
    DataFiles alone = DataFiles.open(new SampleFiles(a, null, false, false, null, null));
    DataFiles both = DataFiles.open(new SampleFiles(a, b, false, false, null, null));

    assertThat(RunPlan.known(alone))
        .isEqualTo(Map.of("samples", "18", "data-fingerprint", alone.chosen().dataFingerprint()));
    assertThat(RunPlan.known(both))
        .containsEntry("samples", "20")
        .containsEntry("held-out-fingerprint", both.chosen().heldOutFingerprint());
  }

  @Test
  void what_is_odd_about_a_plan_is_warned_of() {
    assertThat(RunPlan.of(EARLIER, Device.CPU).warnings()).isEmpty();
    assertThat(RunPlan.of(changed("batch-size", "5000"), Device.CPU).warnings())
        .containsExactly("--batch-size 5000: an epoch has 4,500 samples, so a step takes 4,500");
    assertThat(RunPlan.of(changed("batch-size", "4500"), Device.CPU).warnings()).isEmpty();
    assertThat(RunPlan.of(changed("batch-size", "16384"), Device.CPU).warnings()).isEmpty();

    Map<String, String> generated = changed("input-range", "0.0:1.0");
    assertThat(RunPlan.of(generated, Device.CPU).warnings()).isEmpty();
    generated.keySet().removeIf(option -> option.startsWith("data"));
    assertThat(RunPlan.of(generated, Device.CPU).warnings())
        .singleElement()
        .asString()
        .startsWith("--input-range 0.0:1.0: targets x1 + x2 reach from 0.0 to 2.0, but");
  }

  @Test
  void its_engine_is_that_of_its_options() {
    RunPlan plan = RunPlan.of(EARLIER, Device.CPU);
    assertThat(plan.engineSpec(Device.CPU, 0, 3))
        .isEqualTo(
            new EngineSpec(
                EngineType.DL4J,
                Device.CPU,
                Precision.FLOAT,
                Topology.DEFAULT,
                plan.training().updater(),
                3));
  }

  private static Map<String, String> changed(String option, String value) {
    Map<String, String> changed = new TreeMap<>(EARLIER);
    changed.put(option, value);
    return changed;
  }
}
