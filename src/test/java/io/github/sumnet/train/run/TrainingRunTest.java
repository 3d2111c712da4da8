package io.github.sumnet.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClException;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.train.Checkpoint;
import io.github.sumnet.train.DivergedException;
import io.github.sumnet.train.Measurement;
import io.github.sumnet.train.Position;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.RunSamples;
import io.github.sumnet.train.StopReason;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run on a small scale, and what it leaves. */
class TrainingRunTest {
  private static final Map<String, String> PLAN =
      """
      batch-size=100
      checkpoint-every=2
      engine=dl4j
      evaluate-every=3
      input-range=0.0:0.5
      hidden=2
      keep=2
      learning-rate=0.1
      log-every=2
      patience=0
      samples=300
      schedule=constant
      seed=42
      steps=7
      updater=adam
      """
          .lines()
          .map(line -> line.split("=", 2))
          .collect(HashMap::new, (map, pair) -> map.put(pair[0], pair[1]), HashMap::putAll);

  @TempDir Path out;

  @Test
  void a_run_leaves_measurements_and_checkpoints_and_tells_how_it_goes() throws Exception {
    RunFolder folder = RunFolder.create(out);
    Heard heard = new Heard();

    RunResult result = run(PLAN, null, folder, heard, () -> false);

    assertThat(result.training().stopReason()).isEqualTo(StopReason.STEPS);
    assertThat(result.check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(heard.check).isSameAs(result.check());
    assertThat(heard.begun).containsExactly(Position.START);
    assertThat(heard.shown).extracting(Measurement::step).containsExactly(2L, 3L, 4L, 6L);
    assertThat(heard.reached).extracting(Position::step).containsExactly(0L, 2L, 4L, 6L, 7L);
    assertThat(heard.closed).isTrue();
    assertThat(folder.path().resolve("failure.txt")).doesNotExist();
    assertThat(result.training().finalLoss()).isPositive().isLessThan(1);
    assertThat(Files.readAllLines(folder.path().resolve("metrics.csv")))
        .hasSize(5)
        .last()
        .asString()
        .startsWith("6,1,600,");
    assertThat(names(folder.path().resolve("checkpoints")))
        .containsExactlyInAnyOrder("last.zip", "best.zip", "step-6.zip", "step-7.zip");
    Checkpoint last = Checkpoint.read(folder.last());
    assertThat(last.position()).isEqualTo(result.training().position());
    assertThat(last.provenance()).isEqualTo("{\"made\": 1}");
    assertThat(last.coefficients())
        .isEqualTo(Checkpoint.read(folder.ofStep(7)).coefficients())
        .isNotEqualTo(Checkpoint.read(folder.ofStep(6)).coefficients());
    assertThat(Checkpoint.read(folder.best()).position().bestLoss())
        .isEqualTo(last.position().bestLoss());
    StartupTimes startup = result.startup();
    assertThat(startup.jvm()).isPositive();
    assertThat(startup.nd4j()).isNotNegative();
    assertThat(startup.gradientCheck()).isNotNegative();
    assertThat(startup.total())
        .isGreaterThan(startup.jvm() + startup.nd4j() + startup.gradientCheck() - 1e-9)
        .isLessThan(1e6);
  }

  @Test
  void without_keep_there_are_only_the_last_and_the_best() throws Exception {
    RunFolder folder = RunFolder.create(out);
    run(with("keep", "0"), null, folder, new Heard(), () -> false);
    assertThat(names(folder.path().resolve("checkpoints")))
        .containsExactlyInAnyOrder("last.zip", "best.zip");
  }

  @Test
  void an_interrupted_run_goes_on_to_the_same_weights() throws Exception {
    RunFolder whole = RunFolder.create(out);
    run(PLAN, null, whole, new Heard(), () -> false);
    RunFolder interrupted = RunFolder.create(out);
    int[] asked = {0};
    RunResult first = run(PLAN, null, interrupted, new Heard(), () -> ++asked[0] > 5);
    assertThat(first.training().stopReason()).isEqualTo(StopReason.INTERRUPTED);
    Heard heard = new Heard();

    RunFolder resumed = RunFolder.create(out);
    run(PLAN, Checkpoint.read(interrupted.last()), resumed, heard, () -> false);

    assertThat(heard.begun).extracting(Position::step).containsExactly(5L);
    assertThat(Checkpoint.read(resumed.last()).coefficients())
        .isEqualTo(Checkpoint.read(whole.last()).coefficients());
  }

  @Test
  void a_run_that_diverges_says_why_and_keeps_what_was_good() throws IOException {
    RunFolder folder = RunFolder.create(out);
    Heard heard = new Heard();
    Map<String, String> hopeless = new HashMap<>(with("learning-rate", "1e300"));
    hopeless.put("updater", "sgd");
    DivergedException failure =
        catchThrowableOfType(
            DivergedException.class, () -> run(hopeless, null, folder, heard, () -> false));
    assertThat(folder.path().resolve("failure.txt")).hasContent(failure.getMessage());
    assertThat(heard.closed).isTrue();
    assertThat(Checkpoint.read(folder.last()).position().step()).isLessThan(7);
  }

  @Test
  void a_device_that_is_lost_is_told_of_with_the_step_to_go_on_from() throws Exception {
    RunFolder folder = RunFolder.create(out);
    OpenClException lost = new OpenClException("the device is gone");

    assertThatThrownBy(
            () ->
                run(PLAN, null, folder, new Heard(), () -> false, engine -> dying(engine, 5, lost)))
        .isInstanceOf(DeviceLostException.class)
        .hasMessage("the device is gone")
        .hasCause(lost)
        .extracting(thrown -> ((DeviceLostException) thrown).step())
        .isEqualTo(4L);
    assertThat(Checkpoint.read(folder.last()).position().step()).isEqualTo(4);
    assertThat(folder.path().resolve("failure.txt")).hasContent("the device is gone");
  }

  /** An engine that fails before a step. */
  private static Engine dying(Engine engine, long step, OpenClException failure) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("step") && engine.model().iteration() == step) {
            throw failure;
          }
          try {
            return method.invoke(engine, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
          }
        };
    return (Engine)
        Proxy.newProxyInstance(
            Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, handler);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_run_leaves_no_file_open() throws Exception {
    RunFolder folder = RunFolder.create(out);
    run(PLAN, null, folder, new Heard(), () -> false);
    Path written = folder.path().toRealPath();
    assertThat(OpenFiles.now()).isNotEmpty().noneMatch(file -> file.startsWith(written));
  }

  private static Map<String, String> with(String option, String value) {
    Map<String, String> plan = new HashMap<>(PLAN);
    plan.put(option, value);
    return plan;
  }

  private static RunResult run(
      Map<String, String> options,
      Checkpoint from,
      RunFolder folder,
      RunListener listener,
      BooleanSupplier interrupted)
      throws IOException, InterruptedException {
    return run(options, from, folder, listener, interrupted, engine -> engine);
  }

  private static RunResult run(
      Map<String, String> options,
      Checkpoint from,
      RunFolder folder,
      RunListener listener,
      BooleanSupplier interrupted,
      UnaryOperator<Engine> placement)
      throws IOException, InterruptedException {
    RunPlan plan = RunPlan.of(options, Device.CPU);
    return new TrainingRun(
            plan,
            plan.engineSpec(Device.CPU, 0, 1),
            Form.SHORT,
            RunSamples.generated(plan),
            "{\"made\": 1}",
            from,
            folder,
            listener,
            placement)
        .execute(interrupted);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** All that a run tells. */
  private static final class Heard implements RunListener, Progress {
    private GradientReport check;
    private boolean closed;
    private final List<Position> begun = new ArrayList<>();
    private final List<Measurement> shown = new ArrayList<>();
    private final List<Position> reached = new ArrayList<>();

    @Override
    public void checked(GradientReport report) {
      check = report;
    }

    @Override
    public Progress begins(Position from) {
      begun.add(from);
      return this;
    }

    @Override
    public void show(Measurement measurement) {
      shown.add(measurement);
    }

    @Override
    public void reached(Position position) {
      reached.add(position);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
