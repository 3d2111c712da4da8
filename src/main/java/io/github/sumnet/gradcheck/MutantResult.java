package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.fault.Cause;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import java.util.Optional;

/**
 * What became of one planted fault.
 *
 * @param network what it was planted in
 * @param precision what the network computed in
 * @param found the first wrong stage by the check; empty if it passed
 * @param suspected the cause by the check; null if it passed
 * @param caughtByCentralDifferences whether DL4J's GradientCheckUtil objects, at its defaults;
 *     empty where it was not tried: in float, which it does not take, and in other networks than
 *     2-H-1
 * @param caughtByTolerance whether a relative tolerance of 1e-3 objects; empty where it was not
 *     tried
 */
public record MutantResult(
    Fault fault,
    DenseNetwork network,
    Precision precision,
    Optional<Stage> found,
    Cause suspected,
    Optional<Boolean> caughtByCentralDifferences,
    Optional<Boolean> caughtByTolerance) {
  public boolean caught() {
    return found.isPresent();
  }

  /** Whether the first wrong stage is the one that the fault was planted in. */
  public boolean stageIsRight() {
    return found.equals(Optional.of(fault.stage(network)));
  }

  /** Whether the cause is the fault. */
  public boolean causeIsRight() {
    return suspected == fault.cause();
  }
}
