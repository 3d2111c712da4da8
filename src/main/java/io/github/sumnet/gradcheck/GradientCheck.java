package io.github.sumnet.gradcheck;

import io.github.sumnet.engine.EngineSpec;
import io.github.sumnet.gradcheck.design.Design;
import io.github.sumnet.gradcheck.design.Designs;
import io.github.sumnet.gradcheck.design.Form;
import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.gradcheck.step.EngineSubject;
import io.github.sumnet.gradcheck.step.Samples;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.gradcheck.verdict.Judge;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import java.util.Arrays;
import java.util.List;

/**
 * Judges an engine on the device and in the precision in which it will train: forward values, loss,
 * gradients and the step that follows from them, against the truth in decimal arithmetic. A value
 * is right when rounding can explain its distance from the truth.
 */
public final class GradientCheck {
  private final EngineSpec engine;
  private final Form form;
  private final long seed;
  private final List<Design> designs;
  private final Judge judge;

  private GradientCheck(
      EngineSpec engine, Form form, long seed, List<Design> designs, Judge judge) {
    this.engine = engine;
    this.form = form;
    this.seed = seed;
    this.designs = designs;
    this.judge = judge;
  }

  /**
   * Begins to work out the truth, which takes no engine and no ND4J; in the short form, whose
   * truths need little memory.
   *
   * @param seed what the random designs are drawn from
   */
  public static GradientCheck begin(EngineSpec engine, Form form, long seed) {
    List<Design> designs = Designs.of(form, engine.topology(), engine.precision(), seed);
    Judge judge = form == Form.SHORT ? Judge.ahead(engine, designs) : new Judge(engine);
    return new GradientCheck(engine, form, seed, designs, judge);
  }

  /** Checks an engine like the one that will train. The backend must have been decided before. */
  public GradientReport finish() throws InterruptedException {
    try (Subject subject = new EngineSubject(engine)) {
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

  /** Checks whatever computes, as if it were the engine. */
  static GradientReport run(EngineSpec engine, Form form, long seed, Subject subject)
      throws InterruptedException {
    return begin(engine, form, seed).finish(subject);
  }

  private GradientReport finish(Subject subject) throws InterruptedException {
    Judgement judgement = Judgement.of(judge, subject, designs);
    boolean full = form == Form.FULL;
    return new GradientReport(
        engine,
        form,
        seed,
        judgement.results(),
        full ? NonFiniteInputs.judge(engine.topology(), engine.precision(), subject) : List.of(),
        full ? Repeatability.of(engine, seed) : null,
        judgement.failure(),
        null,
        false);
  }

  /**
   * Checks a network with a planted fault in the engine's place.
   *
   * @param engine says in which precision and width
   */
  public static GradientReport ofFault(Fault fault, EngineSpec engine, long seed)
      throws InterruptedException {
    List<Design> designs = Designs.of(Form.FULL, engine.topology(), engine.precision(), seed);
    Judge judge = new Judge(engine.precision(), engine.device());
    return ofFault(fault, engine, seed, judge, designs);
  }

  /** Checks a fault on given designs with a judge that may have their truths already. */
  static GradientReport ofFault(
      Fault fault, EngineSpec engine, long seed, Judge judge, List<Design> designs)
      throws InterruptedException {
    Judgement judgement = Judgement.of(judge, plant(fault, engine), designs);
    return report(engine, Form.FULL, seed, fault, judgement, false);
  }

  /**
   * Checks the engine, or a planted fault, on one case that is given in every number.
   *
   * @param fault the fault; null for the engine itself
   * @param weights where its first step starts
   * @param steps the steps, each of one or more chunks of samples {x1, x2, y}
   */
  public static GradientReport replay(
      EngineSpec engine, Fault fault, long seed, Weights weights, List<List<double[][]>> steps)
      throws InterruptedException {
    Precision precision = engine.precision();
    Design design =
        new Design(
            "replay",
            DenseNetwork.of(engine.topology()),
            weights.map(precision::round).toArray(),
            steps.stream().map(chunks -> rounded(chunks, precision)).toList());
    Judge judge = fault == null ? new Judge(engine) : new Judge(precision, engine.device());
    try (Subject subject = fault == null ? new EngineSubject(engine) : plant(fault, engine)) {
      Judgement judgement = Judgement.of(judge, subject, List.of(design));
      return report(engine, Form.SHORT, seed, fault, judgement, true);
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

  private static Subject plant(Fault fault, EngineSpec engine) {
    return fault.plant(DenseNetwork.of(engine.topology()), engine.precision());
  }

  private static GradientReport report(
      EngineSpec engine,
      Form form,
      long seed,
      Fault fault,
      Judgement judgement,
      boolean ofGivenCase) {
    return new GradientReport(
        engine,
        form,
        seed,
        judgement.results(),
        List.of(),
        null,
        judgement.failure(),
        fault,
        ofGivenCase);
  }
}
