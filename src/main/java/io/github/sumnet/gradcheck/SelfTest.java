package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tests the check: plants faults that it must find. */
public final class SelfTest {
  private SelfTest() {}

  /**
   * Plants every fault that fits in networks like these. The ND4J backend must have been decided
   * before.
   *
   * @param networks one in each precision that the faults are tried in
   * @param seed what the random designs are drawn from
   */
  public static List<MutantResult> plantAll(List<CheckedNetwork> networks, long seed)
      throws InterruptedException {
    Map<CheckedNetwork, List<Design>> designs = new LinkedHashMap<>();
    Map<CheckedNetwork, Judge> judges = new LinkedHashMap<>();
    for (CheckedNetwork network : networks) {
      designs.put(network, network.designs(Form.FULL, seed));
      judges.put(network, new Judge(network.precision(), network.device(), designs.get(network)));
    }
    List<MutantResult> results = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (CheckedNetwork network : networks) {
        if (network.takes(fault)) {
          results.add(plant(fault, network, judges.get(network), designs.get(network), seed));
        }
      }
    }
    return List.copyOf(results);
  }

  private static MutantResult plant(
      Fault fault, CheckedNetwork network, Judge judge, List<Design> designs, long seed)
      throws InterruptedException {
    Precision precision = network.precision();
    Subject planted = fault.plant(network.network(), precision);
    Optional<Failure> failure =
        Optional.ofNullable(Judgement.of(judge, planted, designs).failure());
    // The other checks know the 2-H-1 network alone.
    TraditionalChecks others =
        network
            .network()
            .topology()
            .map(topology -> new TraditionalChecks(planted, topology, precision, seed))
            .orElse(null);
    return new MutantResult(
        fault,
        network.network(),
        precision,
        failure.map(Failure::stage),
        failure.map(found -> found.suspicion().cause()).orElse(null),
        others == null || precision != Precision.DOUBLE
            ? Optional.empty()
            : Optional.of(others.centralDifferencesReject()),
        others == null ? Optional.empty() : Optional.of(others.toleranceRejects()));
  }
}
