package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Judges an engine on the device and in the precision in which it will train: forward values, loss,
 * gradients and the step that follows from them, against the truth in decimal arithmetic. A value
 * is right when rounding can explain its distance from the truth.
 */
public final class GradientCheck {
  private final CheckedNetwork network;
  private final Form form;
  private final long seed;
  private final List<Design> designs;
  private final Judge judge;

  private GradientCheck(
      CheckedNetwork network, Form form, long seed, Judge judge, List<Design> designs) {
    this.network = network;
    this.form = form;
    this.seed = seed;
    this.judge = judge;
    this.designs = designs;
  }

  /**
   * Begins to work out the truth, which takes no engine and no ND4J; in the short form, whose
   * truths need little memory.
   *
   * @param seed what the random designs are drawn from
   */
  public static GradientCheck begin(EngineSpec engine, Form form, long seed) {
    return begin(CheckedNetwork.of(engine), form, seed);
  }

  private static GradientCheck begin(CheckedNetwork network, Form form, long seed) {
    List<Design> designs = network.designs(form, seed);
    Judge judge =
        form == Form.SHORT
            ? network.engine().map(engine -> Judge.ahead(engine, designs)).orElse(network.judge())
            : network.judge();
    return new GradientCheck(network, form, seed, judge, designs);
  }

  /** Checks an engine like the one that will train. The backend must have been decided before. */
  public GradientReport finish() throws InterruptedException {
    try (Subject subject = network.open()) {
      return finish(subject);
    }
  }

  /**
   * Checks an engine like the one that will train. The ND4J backend must have been decided before.
   *
   * @param seed what the random designs are drawn from
   */
  public static GradientReport run(EngineSpec engine, Form form, long seed)
      throws InterruptedException {
    return begin(engine, form, seed).finish();
  }

  /** Checks any network. The ND4J backend must have been decided before. */
  public static GradientReport run(CheckedNetwork network, Form form, long seed)
      throws InterruptedException {
    return begin(network, form, seed).finish();
  }

  /** Checks whatever computes, as if it were the engine. */
  static GradientReport run(EngineSpec engine, Form form, long seed, Subject subject)
      throws InterruptedException {
    return begin(engine, form, seed).finish(subject);
  }

  private GradientReport finish(Subject subject) throws InterruptedException {
    Judgement judgement = Judgement.of(judge, subject, designs);
    Optional<EngineSpec> inFull = network.engine().filter(engine -> form == Form.FULL);
    return new GradientReport(
        network,
        form,
        seed,
        judgement,
        inFull.isEmpty()
            ? List.of()
            : NonFiniteInputs.judge(inFull.get().topology(), network.precision(), subject),
        inFull.isEmpty() ? null : Repeatability.of(inFull.get(), seed),
        null,
        false);
  }

  /** Checks an engine's network with a planted fault in the engine's place. */
  public static GradientReport ofFault(Fault fault, EngineSpec engine, long seed)
      throws InterruptedException {
    return ofFault(fault, CheckedNetwork.of(engine), seed);
  }

  /** Checks a network like this one with a planted fault in its place. */
  public static GradientReport ofFault(Fault fault, CheckedNetwork network, long seed)
      throws InterruptedException {
    Judgement judgement =
        Judgement.of(textbook(network), plant(fault, network), network.designs(Form.FULL, seed));
    return report(network, Form.FULL, seed, fault, judgement, false);
  }

  /**
   * Checks the network, or a planted fault, on one case that is given in every number.
   *
   * @param fault the fault; null for the network itself
   * @param parameters where its first step starts
   * @param steps the steps, each of one or more chunks of samples {inputs, then targets}
   */
  public static GradientReport replay(
      CheckedNetwork network,
      Fault fault,
      long seed,
      double[] parameters,
      List<List<double[][]>> steps)
      throws InterruptedException {
    Precision precision = network.precision();
    Design design =
        new Design(
            "replay",
            network.network(),
            Arrays.stream(parameters).map(precision::round).toArray(),
            steps.stream().map(chunks -> rounded(chunks, precision)).toList());
    Judge judge = fault == null ? network.judge() : textbook(network);
    try (Subject subject = fault == null ? network.open() : plant(fault, network)) {
      Judgement judgement = Judgement.of(judge, subject, List.of(design));
      return report(network, Form.SHORT, seed, fault, judgement, true);
    }
  }

  private static Samples rounded(List<double[][]> chunks, Precision precision) {
    return new Samples(
        chunks.stream()
            .map(
                rows ->
                    Arrays.stream(rows)
                        .map(row -> Arrays.stream(row).map(precision::round).toArray())
                        .toList())
            .toList());
  }

  private static Subject plant(Fault fault, CheckedNetwork network) {
    return fault.plant(network.network(), network.precision());
  }

  private static Judge textbook(CheckedNetwork network) {
    return new Judge(network.precision(), network.device());
  }

  private static GradientReport report(
      CheckedNetwork network,
      Form form,
      long seed,
      Fault fault,
      Judgement judgement,
      boolean ofGivenCase) {
    return new GradientReport(network, form, seed, judgement, List.of(), null, fault, ofGivenCase);
  }
}
