package io.github.sumnet.engine.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sumnet.data.Batch;
import io.github.sumnet.data.BatchSource;
import io.github.sumnet.data.ChunkQueue;
import io.github.sumnet.data.ChunkReader;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.ResidentChunks;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.device.opencl.OpenClContext;
import io.github.sumnet.device.opencl.OpenClQueue;
import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.NeedsExactOpenCl;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** Which small steps wait for those after them, and when they are launched. */
@AddLifecycleHook(NeedsExactOpenCl.class)
class OpenClSumsTest {
  private static final Topology TOPOLOGY = new Topology(2);
  private static final OpenClEngine.Groups GROUPS =
      new OpenClEngine.Groups(1, 1, 16, 0, true, false, 1 << 20, 0);

  private Dl4jModel model;
  private OpenClQueue queue;
  private OpenClState state;
  private OpenClKernels kernels;
  private OpenClSums sums;

  @BeforeContainer
  static void compute_on_the_cpu() {
    BackendBinding.bind(Device.CPU);
  }

  @BeforeTry
  void open() {
    OpenClContext context = OpenClContext.of(0);
    Traffic traffic = new Traffic();
    model = new Dl4jModel(TOPOLOGY, Precision.FLOAT, UpdaterConfig.sgd(0.1));
    queue = context.queue(false);
    state = new OpenClState(model, context, queue, traffic);
    state.send();
    kernels = new OpenClKernels(context, Precision.FLOAT, TOPOLOGY, GROUPS, queue);
    sums =
        new OpenClSums(context, Precision.FLOAT, TOPOLOGY, kernels, GROUPS, state, queue, traffic);
  }

  @AfterTry
  void close() {
    queue.finish();
    sums.close();
    kernels.close();
    state.close();
    queue.close();
  }

  private static BatchSource source() {
    return new SyntheticBatches(3, InputRange.DEFAULT, 10_000);
  }

  private boolean step(ChunkQueue chunks, int count) throws InterruptedException {
    return sums.step(chunks, count, OpenClUpdate.of(model, 0));
  }

  /** Each of three chunks, so that chunks have to be put together as well. */
  @Example
  void steps_on_generated_samples_wait_until_a_launch_is_full() throws InterruptedException {
    Slicing slicing = new Slicing(10_000, 30, 10);
    ChunkQueue chunks = new ChunkReader(source(), slicing, 0, Precision.FLOAT);
    for (int step = 1; step < kernels.mostSteps(); step++) {
      assertThat(step(chunks, 3)).as("step %d", step).isFalse();
    }
    assertThat(step(chunks, 3)).isTrue();
    assertThat(sums.launchWaiting()).isFalse();
    assertThat(sums.samples()).isEqualTo(30);
  }

  @Example
  void a_step_on_samples_from_elsewhere_launches_those_that_wait() throws InterruptedException {
    Slicing slicing = new Slicing(10_000, 30, 30);
    ChunkQueue chunks = new ChunkReader(source(), slicing, 0, Precision.FLOAT);
    ChunkQueue later = new ChunkReader(source(), slicing, 9, Precision.FLOAT);
    assertThat(step(chunks, 1)).isFalse();
    assertThat(step(chunks, 1)).isFalse();
    assertThat(step(later, 1)).isTrue();
    assertThat(sums.launchWaiting()).isTrue();
  }

  @Example
  void steps_on_held_samples_wait_while_they_are_equally_far_apart() throws InterruptedException {
    List<Batch> held = ResidentChunks.read(source(), Precision.FLOAT, 60, 10).chunks();
    sums.hold(held);
    for (int chunk : new int[] {0, 2, 4}) {
      assertThat(stepOn(held.get(chunk))).as("chunk %d", chunk).isFalse();
    }
    assertThat(stepOn(held.get(5))).isTrue();
    assertThat(stepOn(held.get(5))).isFalse();
    assertThat(stepOn(held.get(5))).isFalse();
    assertThat(stepOn(held.get(0))).isTrue();
  }

  private boolean stepOn(Batch chunk) throws InterruptedException {
    return step(ChunkQueue.of(List.of(chunk)), 1);
  }
}
