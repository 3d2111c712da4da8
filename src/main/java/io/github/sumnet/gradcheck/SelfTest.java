package io.github.sumnet.gradcheck;

import io.github.sumnet.device.Device;
import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.engine.EngineType;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Tests the check: plants faults that it must find. */
public final class SelfTest {
  private SelfTest() {}

  /**
   * Plants every fault, in each of these precisions in which it exists, in a network of two hidden
   * units. The ND4J backend must have been decided before.
   *
   * @param engine what stands in for the engine's device, updater and threads in reports
   * @param precisions what the faults are tried in
   * @param seed what the random designs are drawn from
   * @param onEach is shown each result as it comes
   */
  public static List<MutantResult> plantAll(
      EngineSpec engine, Set<Precision> precisions, long seed, Consumer<MutantResult> onEach)
      throws InterruptedException {
    List<MutantResult> results = new ArrayList<>();
    Map<Precision, List<Design>> designs = new EnumMap<>(Precision.class);
    Map<Precision, Judge> judges = new EnumMap<>(Precision.class);
    for (Precision precision : precisions) {
      designs.put(precision, Designs.of(Form.FULL, Topology.DEFAULT, precision, seed));
      judges.put(precision, new Judge(precision, Device.CPU, designs.get(precision)));
    }
    for (Fault fault : Fault.values()) {
      for (Precision precision : precisions) {
        if (fault.fits(DenseNetwork.of(Topology.DEFAULT), precision)) {
          EngineSpec spec = spec(engine, precision);
          GradientReport report =
              GradientCheck.ofFault(
                  fault, spec, seed, judges.get(precision), designs.get(precision));
          MutantResult result = result(fault, spec, seed, report);
          results.add(result);
          onEach.accept(result);
        }
      }
    }
    return List.copyOf(results);
  }

  private static MutantResult result(
      Fault fault, EngineSpec engine, long seed, GradientReport report)
      throws InterruptedException {
    Precision precision = engine.precision();
    Topology topology = engine.topology();
    Subject planted = fault.plant(DenseNetwork.of(topology), precision);
    return new MutantResult(
        fault,
        precision,
        report.firstWrongStage(),
        report.failure().map(failure -> failure.suspicion().cause()).orElse(null),
        precision == Precision.DOUBLE
            ? Optional.of(CentralDifferenceCheck.rejects(planted, topology, seed))
            : Optional.empty(),
        RelativeToleranceCheck.rejects(planted, topology, precision, seed));
  }

  /** Planted networks compute in plain Java, so they round as the CPU does. */
  private static EngineSpec spec(EngineSpec engine, Precision precision) {
    return new EngineSpec(
        EngineType.DL4J, Device.CPU, precision, Topology.DEFAULT, engine.updater(), 1);
  }
}
