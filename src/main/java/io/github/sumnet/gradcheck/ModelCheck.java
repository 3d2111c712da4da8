package io.github.sumnet.gradcheck;

import io.github.sumnet.device.Device;
import io.github.sumnet.gradcheck.design.ModelDesigns;
import io.github.sumnet.gradcheck.diagnosis.Failure;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.model.DenseModels;
import io.github.sumnet.gradcheck.model.ModelSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.verdict.DesignResult;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.gradcheck.verdict.StageResult;
import io.github.sumnet.gradcheck.verdict.Verdict;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What a check of a model of dense layers found, on the CPU.
 *
 * @param name what was judged
 * @param results one for each design
 * @param failure the root of the failure; empty if nothing is wrong
 */
public record ModelCheck(
    String name,
    DenseNetwork network,
    Precision precision,
    List<DesignResult> results,
    Optional<Failure> failure) {

  /**
   * Checks a DL4J model with its own weights and with random ones. The ND4J backend must have been
   * decided before.
   *
   * @param name what reports call it
   * @param seed what the random designs are drawn from
   */
  public static ModelCheck run(MultiLayerNetwork model, String name, long seed)
      throws InterruptedException {
    Precision precision = DenseModels.precision(model);
    try (ModelSubject subject = new ModelSubject(model)) {
      DenseNetwork network = subject.network();
      Judgement judgement =
          Judgement.of(
              new Judge(precision, Device.CPU),
              subject,
              ModelDesigns.of(network, precision, subject.parameters(), seed));
      return new ModelCheck(
          name, network, precision, judgement.results(), Optional.ofNullable(judgement.failure()));
    }
  }

  /** Checks a textbook's network with a planted fault. */
  public static ModelCheck ofFault(
      Fault fault, DenseNetwork network, Precision precision, long seed)
      throws InterruptedException {
    Judgement judgement =
        Judgement.of(
            new Judge(precision, Device.CPU),
            fault.plant(network, precision),
            ModelDesigns.of(network, precision, null, seed));
    return new ModelCheck(
        "planted fault " + fault,
        network,
        precision,
        judgement.results(),
        Optional.ofNullable(judgement.failure()));
  }

  /**
   * Fails if a value is wrong, or the truth in doubt. Passes if, besides, every parameter's mean
   * derivative passed in some design and was not exactly 0 there.
   */
  public Verdict verdict() {
    boolean wrong =
        total(StageResult::failed) + total(StageResult::referenceFailed) > 0
            || results.stream().anyMatch(result -> result.contradicted() > 0);
    if (wrong) {
      return Verdict.FAIL;
    }
    return unproven() == 0 ? Verdict.PASS : Verdict.INCONCLUSIVE;
  }

  /** How many parameters' derivatives were 0 or not to be judged in every design. */
  public int unproven() {
    Set<String> passed = new HashSet<>();
    for (DesignResult result : results) {
      result.stages().stream()
          .filter(stage -> stage.stage().equals(Stage.MEAN))
          .forEach(stage -> passed.addAll(stage.passed()));
    }
    return network.parameters() - passed.size();
  }

  /** A count summed over all stages. */
  public int total(ToIntFunction<StageResult> count) {
    return results.stream().mapToInt(result -> result.total(count)).sum();
  }

  /** The largest error in units of its bound. */
  public double worstErrorOverBound() {
    return results.stream()
        .flatMap(result -> result.stages().stream())
        .mapToDouble(StageResult::worstErrorOverBound)
        .reduce(0, Math::max);
  }
}
