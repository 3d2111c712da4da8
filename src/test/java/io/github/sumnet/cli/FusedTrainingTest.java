package io.github.sumnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.sumnet.cli.option.ConsoleOption;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train --engine fused} through the command line. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FusedTrainingTest {
  private static final String SMALL =
      "-q --device cpu --samples 10000 --batch-size 3000 --chunk-size 1000 ";

  @TempDir Path folder;

  @BeforeAll
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @Test
  void engine_auto_takes_it_on_a_cpu_says_so_and_writes_down_which_it_was() {
    Cli.Outcome outcome =
        Cli.launch(
            ("train --engine auto --device cpu --samples 4000 --steps 2 --out " + folder)
                .split(" "));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("--engine auto takes fused, the fastest on cpu");
    assertThat(folder.resolve("train/0001/config.properties")).content().contains("engine=fused");
  }

  @Test
  void it_trains_and_is_checked_beside_dl4j_while_it_does() {
    JsonObject json = json(train(SMALL + "--engine fused --steps 400 --json"));

    assertThat(json.get("engine").getAsString()).isEqualTo("fused");
    assertThat(json.get("gradientCheck").getAsString()).isEqualTo("pass");
    assertThat(json.get("spotChecks").getAsInt()).isPositive();
    assertThat(json.get("worstSpotErrorOverBound").getAsDouble()).isBetween(0.01, 1.0);
    assertThat(json.get("finalLoss").getAsDouble()).isLessThan(1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "nesterovs", "adam"})
  void it_ends_where_dl4j_ends(String updater) {
    String plan = SMALL + "--precision double --steps 50 --json --updater " + updater;
    JsonObject fused = json(train(plan + " --engine fused"));
    JsonObject dl4j = json(train(plan + " --engine dl4j"));

    assertThat(fused.get("weights")).isNotEqualTo(new JsonObject());
    for (String name : fused.getAsJsonObject("weights").keySet()) {
      assertThat(fused.getAsJsonObject("weights").get(name).getAsDouble())
          .isCloseTo(dl4j.getAsJsonObject("weights").get(name).getAsDouble(), within(1e-11));
    }
  }

  @Test
  void any_number_of_threads_leaves_the_same_bits() {
    List<byte[]> weights = new ArrayList<>();
    for (int threads : new int[] {1, 2, 3, 7}) {
      train(SMALL + "--engine fused --hidden 3 --steps 30 --threads " + threads);
      weights.add(runs().last(weights.size() + 1).coefficients());
    }
    assertThat(weights).allSatisfy(w -> assertThat(w).isEqualTo(weights.get(0)));
  }

  @Test
  void what_is_resumed_ends_in_the_bits_of_what_was_never_interrupted() {
    train(SMALL + "--engine fused --steps 30");
    train(SMALL + "--engine fused --steps 11");
    train("-q --resume last --steps 30");

    assertThat(runs().last(3).coefficients()).isEqualTo(runs().last(1).coefficients());
    assertThat(runs().last(3).updaterState()).isEqualTo(runs().last(1).updaterState());
  }

  @ParameterizedTest
  @CsvSource({"dl4j, fused", "fused, dl4j", "reference, fused", "fused, reference"})
  void either_engine_goes_on_from_the_others_checkpoint(String first, String second) {
    String plan = SMALL + "--precision double ";
    train(plan + "--steps 11 --engine " + first);
    JsonObject changed = json(train("-q --resume last --steps 30 --json --engine " + second));
    JsonObject alone = json(train(plan + "--steps 30 --json --engine " + first));

    assertThat(changed.get("engine").getAsString()).isEqualTo(second);
    assertThat(changed.get("totalSteps").getAsInt()).isEqualTo(30);
    assertThat(changed.get("finalLoss").getAsDouble())
        .isCloseTo(alone.get("finalLoss").getAsDouble(), within(1e-11));
  }

  @Test
  void an_engine_that_cannot_compute_in_the_runs_precision_is_refused_on_resuming() {
    train(SMALL + "--engine fused --steps 1");
    Cli.Outcome outcome = train("-q --resume last --engine reference");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err()).contains("--precision must be double with --engine reference");
  }

  @Test
  void dl4j_itself_opens_the_model() throws IOException {
    train(SMALL + "--engine fused --hidden 5 --steps 20");
    Path model = folder.resolve("train/0001/checkpoints/last.zip");

    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(model.toFile(), true);

    assertThat(network.numParams()).isEqualTo(new Topology(5).weightCount());
    assertThat(network.getIterationCount()).isEqualTo(20);
    assertThat(network.getUpdater().getStateViewArray().length())
        .isEqualTo(2 * network.numParams());
  }

  @Tag("campaign")
  @Test
  void without_the_vector_module_it_says_so_once_and_leaves_the_same_bits() throws Exception {
    String[] arguments =
        ("train --device cpu --samples 10000 --batch-size 3000 --engine fused --steps 20 --out "
                + folder)
            .split(" ");
    ChildJvm.Outcome outcome = ChildJvm.ofThisBuild(folder).run(Sumnet.class, Map.of(), arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).containsOnlyOnce(ConsoleOption.NO_VECTORS);

    Cli.Outcome withVectors = Cli.launch(arguments);
    assertThat(withVectors.err()).doesNotContain("vector");
    assertThat(runs().last(2).coefficients()).isEqualTo(runs().last(1).coefficients());
  }

  @Test
  void it_knows_no_cuda() {
    Cli.Outcome outcome = train("--engine fused --device cuda");

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.err())
        .contains("--device must be cpu, opencl, opencl:N or auto with engine fused, not cuda");
  }

  private static JsonObject json(Cli.Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return JsonParser.parseString(outcome.out()).getAsJsonObject();
  }

  private Cli.Outcome train(String flags) {
    return runs().train(flags);
  }

  private Runs runs() {
    return new Runs(folder);
  }
}
