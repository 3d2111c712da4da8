package io.github.sumnet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.gradcheck.GradientCheck;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.WorkedExample;
import io.github.sumnet.train.Init;
import io.github.sumnet.train.Interval;
import io.github.sumnet.train.RunPlan;
import io.github.sumnet.train.StopRule;
import io.github.sumnet.train.TrainingPlan;
import io.github.sumnet.train.WorkerRefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class ExecutorEnginesTest {
  private static final TrainingPlan TRAINING =
      new TrainingPlan(
          Topology.DEFAULT,
          Precision.DOUBLE,
          1,
          Init.WORKED_EXAMPLE,
          new Slicing(1000, 500, 100),
          UpdaterConfig.sgd(1),
          new StopRule(0, 10, 0, 0),
          3,
          2,
          Interval.parse("1h"));

  private static final RunPlan PLAN =
      new RunPlan(EngineType.FUSED, TRAINING, InputRange.DEFAULT, null, 0);

  private static final Job JOB = Job.of(PLAN);

  @BeforeAll
  static void bind_to_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @Test
  void an_executor_whose_gradients_are_wrong_is_refused_by_its_name_and_nothing_of_it_is_used() {
    ExecutorEngines.use(
        JOB,
        new ExecutorEngines(JOB, engine -> GradientCheck.ofFault(Fault.DOUBLED_DELTA, engine, 1)));
    try (SparkEngine engine = engine(new ArrayList<>())) {
      assertThatThrownBy(() -> engine.step(ChunkQueue.of(List.of()), 5, 0, true))
          .isInstanceOf(WorkerRefusedException.class)
          .hasMessageStartingWith(
              "executor driver on 127.0.0.1: the gradient check of engine fused")
          .hasMessageEndingWith("take it out of the cluster");
      assertThat(engine.model().weights()).isEqualTo(WorkedExample.WEIGHTS);
    }
  }

  @Test
  void the_tasks_of_an_executor_share_one_check() throws InterruptedException {
    AtomicInteger checks = new AtomicInteger();
    List<String> notices = Collections.synchronizedList(new ArrayList<>());
    ExecutorEngines.use(
        JOB,
        new ExecutorEngines(
            JOB,
            engine -> {
              checks.incrementAndGet();
              return GradientCheck.run(engine, Form.SHORT, 1);
            }));
    try (SparkEngine engine = engine(notices)) {
      for (int step = 0; step < 3; step++) {
        engine.step(ChunkQueue.of(List.of()), 5, 0, true);
      }
      assertThat(checks).hasValue(1);
      assertThat(notices)
          .singleElement()
          .asString()
          .matches(
              "executor driver on 127.0.0.1: engine fused on cpu, [\\d,]+ values checked: pass");
    }
  }

  @Test
  void the_fused_engine_takes_the_gpu_that_spark_assigns_by_its_number_and_dl4j_takes_none() {
    RunPlan dl4j = new RunPlan(EngineType.DL4J, TRAINING, InputRange.DEFAULT, null, 0);
    assertThat(ExecutorEngines.spec(PLAN, "1")).isEqualTo(PLAN.engineSpec(Device.OPENCL, 1, 1));
    assertThat(ExecutorEngines.spec(PLAN, null)).isEqualTo(PLAN.engineSpec(Device.CPU, 0, 1));
    assertThat(ExecutorEngines.spec(dl4j, "1")).isEqualTo(dl4j.engineSpec(Device.CPU, 0, 1));
    assertThatThrownBy(() -> ExecutorEngines.spec(PLAN, "GPU-3f"))
        .hasMessageContaining("this JVM was assigned the GPU 'GPU-3f'")
        .hasMessageContaining("discovery script");
  }

  private static SparkEngine engine(List<String> notices) {
    SparkConf conf = SparkCluster.configuration("local[2]", 1);
    return new SparkEngine(
        new JavaSparkContext(conf),
        Engine.create(PLAN.engineSpec(Device.CPU, 0, 1), WorkedExample.WEIGHTS),
        JOB,
        notices::add);
  }
}
