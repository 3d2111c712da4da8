package io.github.sumnet.gradcheck;

import io.github.sumnet.data.Batch;
import io.github.sumnet.device.Device;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Weights;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what a subject computes with the truth, stage by stage. */
final class Judge {
  /** The JDK promises Math.exp within 1 ulp; glibc lists 1 ulp for exp and expf. */
  private static final double CPU_EXP_ULPS = 1;

  /** NVIDIA's CUDA C++ Programming Guide lists at most 2 ulp for expf, 1 for exp. */
  private static final double CUDA_EXP_ULPS = 2;

  /** Comparisons that are kept of a stage with many. */
  private static final int KEPT = 100;

  private final RoundingModel model;
  private final RoundingModel referenceModel = new RoundingModel(Precision.DOUBLE, CPU_EXP_ULPS);
  private final double rate;

  /** A judge of computations in this precision on this device. */
  Judge(Precision precision, Device device) {
    model =
        new RoundingModel(
            precision,
            switch (device) {
              case CPU -> CPU_EXP_ULPS;
              case CUDA -> CUDA_EXP_ULPS;
            });
    rate = precision.round(GradientCheck.LEARNING_RATE);
  }

  /**
   * Lets the subject and the reference take the design's steps and compares both with the truth.
   */
  DesignResult judge(Design design, Subject subject) throws InterruptedException {
    List<StageResult> stages = new ArrayList<>();
    Subject reference = new ReferenceSubject(rate);
    Weights weights = design.weights();
    subject.begin(weights);
    for (int step = 0; step < design.steps().size(); step++) {
      List<Batch> chunks = design.steps().get(step);
      Observation seen = subject.step(chunks);
      reference.begin(weights);
      Observation referenceSeen = reference.step(chunks);
      stages.addAll(compare(step, weights, chunks, seen, referenceSeen));
      weights = Weights.of(weights.topology(), seen.at(Stage.UPDATE));
      if (!weights.isFinite()) {
        break;
      }
    }
    return new DesignResult(design.name(), design.samples(), design.blindTo(), stages);
  }

  private List<StageResult> compare(
      int step, Weights before, List<Batch> chunks, Observation seen, Observation referenceSeen) {
    ExpectedStep truth = ExpectedStep.of(before, chunks, rate);
    Map<Stage, double[]> bounds = ErrorBound.of(model, before, chunks, truth, rate);
    Map<Stage, double[]> referenceBounds =
        ErrorBound.of(referenceModel, before, chunks, truth, rate);
    boolean finiteLoss = Double.isFinite(seen.at(Stage.LOSS)[0]);
    List<StageResult> results = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      List<Component> components = new ArrayList<>();
      BigDecimal[] exact = truth.at(stage);
      for (int i = 0; i < exact.length; i++) {
        double value = seen.at(stage)[i];
        double bound = bounds.get(stage)[i] * RoundingModel.SLACK;
        // Training watches the loss: a finite one must not hide that the gradient is not.
        boolean hidden = finiteLoss && !Double.isFinite(value) && stage.compareTo(Stage.LOSS) > 0;
        components.add(
            new Component(
                stage.name(before.topology(), i),
                stage.sample(before.topology(), i),
                stage.weight(before.topology(), i),
                value,
                referenceSeen.at(stage)[i],
                exact[i],
                Component.distance(value, exact[i]),
                hidden ? 0 : bound,
                Component.distance(referenceSeen.at(stage)[i], exact[i]),
                referenceBounds.get(stage)[i] * RoundingModel.SLACK));
      }
      results.add(result(stage, step, components));
    }
    return results;
  }

  private static StageResult result(Stage stage, int step, List<Component> components) {
    int failed = 0;
    int inconclusive = 0;
    int referenceFailed = 0;
    double worst = 0;
    Set<String> passed = new HashSet<>();
    for (Component c : components) {
      Verdict verdict = c.verdict();
      failed += verdict == Verdict.FAIL ? 1 : 0;
      inconclusive += verdict == Verdict.INCONCLUSIVE ? 1 : 0;
      referenceFailed += c.referenceVerdict() == Verdict.FAIL ? 1 : 0;
      worst = Math.max(worst, c.errorOverBound());
      if (verdict == Verdict.PASS && !stage.isPerSample()) {
        passed.add(c.name());
      }
    }
    return new StageResult(
        stage,
        step,
        components.size(),
        failed,
        inconclusive,
        referenceFailed,
        worst,
        Set.copyOf(passed),
        kept(stage, components));
  }

  private static List<Component> kept(Stage stage, List<Component> components) {
    Comparator<Component> worstFirst =
        Comparator.comparing((Component c) -> c.verdict() != Verdict.FAIL)
            .thenComparing(Comparator.comparingDouble(Component::errorOverBound).reversed());
    int limit = stage.isPerSample() ? 3 : KEPT;
    return components.size() <= limit
        ? List.copyOf(components)
        : components.stream().sorted(worstFirst).limit(limit).toList();
  }
}
