package io.github.sumnet.engine.opencl;

import io.github.sumnet.engine.Dl4jModel;
import io.github.sumnet.engine.Engine;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.engine.Schedule;
import io.github.sumnet.engine.UpdaterConfig;
import io.github.sumnet.engine.fused.FusedProvider;

import io.github.sumnet.data.ChunkReader;
import io.github.sumnet.data.InputRange;
import io.github.sumnet.data.Slicing;
import io.github.sumnet.data.SyntheticBatches;
import io.github.sumnet.device.BackendBinding;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import io.github.sumnet.network.Weights;
import io.github.sumnet.network.WorkedExample;
import io.github.sumnet.device.opencl.OpenClContext;
import java.util.Locale;

/**
 * 1,000 steps of SGD and of Adam on the first OpenCL device, at one size of its work groups after
 * another: each has to end in the bits of the fused engine on the CPU. It takes a device's compiler
 * some time where kernels are compiled for every size, as PoCL does.
 */
public final class WorkGroups {
  private static final int STEPS = 1_000;
  private static final int BATCH = 2_500;
  private static final int CHUNK = 1_100;

  private WorkGroups() {}

  /**
   * Arguments: the first and the last size, by default 1 and the device's maximum, and how far the
   * sizes are apart, by default 1.
   */
  public static void main(String[] args) throws InterruptedException {
    BackendBinding.bind(Device.CPU);
    OpenClContext context = OpenClContext.of(0);
    int first = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    int last = args.length > 1 ? Integer.parseInt(args[1]) : context.device().largestWorkGroup();
    int stride = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    int different = 0;
    for (UpdaterConfig.Kind kind :
        new UpdaterConfig.Kind[] {UpdaterConfig.Kind.SGD, UpdaterConfig.Kind.ADAM}) {
      Weights expected = trained(spec(kind, Device.CPU), null, 0);
      for (int size = first; size <= last; size += stride) {
        Weights found = trained(spec(kind, Device.OPENCL), context, size);
        if (!found.equals(expected)) {
          different++;
          System.out.printf(Locale.ROOT, "%s, groups of %d: %s%n", kind, size, found);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s (%s): %,d steps of SGD and of Adam at every size of a work group from %d to %d by %d (its"
            + " maximum is %d): %d ended in other bits than on the CPU%n",
        context.device(),
        context.device().name(),
        STEPS,
        first,
        last,
        stride,
        context.device().largestWorkGroup(),
        different);
  }

  private static EngineSpec spec(UpdaterConfig.Kind kind, Device device) {
    UpdaterConfig updater =
        new UpdaterConfig(kind, kind == UpdaterConfig.Kind.ADAM ? 0.1 : 5, Schedule.CONSTANT);
    return new EngineSpec(
        EngineType.FUSED, device, Precision.FLOAT, Topology.DEFAULT, updater, 1);
  }

  private static Weights trained(EngineSpec spec, OpenClContext context, int group)
      throws InterruptedException {
    Dl4jModel model = new Dl4jModel(spec.topology(), spec.precision(), spec.updater());
    model.setWeights(WorkedExample.WEIGHTS);
    try (Engine engine =
        spec.device() == Device.CPU
            ? new FusedProvider().create(spec, model)
            : OpenClEngine.of(spec, model, context, new OpenClEngine.Groups(group, group, OpenClKernels.width(context.device(), spec.precision()), 0, context.counting() != OpenClContext.Counting.NONE, false, 1 << 20, 0))) {
      Slicing slicing = new Slicing(1 << 20, BATCH, CHUNK);
      SyntheticBatches samples = new SyntheticBatches(1, InputRange.DEFAULT, 1 << 20);
      ChunkReader chunks = new ChunkReader(samples, slicing, 0, spec.precision());
      for (int step = 0; step < STEPS; step++) {
        engine.step(chunks, slicing.chunks(step), 0, false);
      }
      return engine.model().weights();
    }
  }
}
