package io.github.sumnet.gradcheck.step;

import io.github.sumnet.gradcheck.arithmetic.RoundedArithmetic;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Training as a textbook has it, every operation rounded to the precision, or with a fault. */
public final class RoundedSubject implements Subject {
  private final RoundedArithmetic math;
  private final DenseNetwork network;
  private final Function<Stage, Operations> operations;
  private List<Double> parameters = List.of();
  private TrainingStep<Double> last;

  /** Training without a fault. */
  public RoundedSubject(DenseNetwork network, Precision precision) {
    this(network, precision, stage -> Operations.TEXTBOOK);
  }

  /**
   * Training whose stages compute with these operations.
   *
   * @param operations by stage
   */
  public RoundedSubject(
      DenseNetwork network, Precision precision, Function<Stage, Operations> operations) {
    this.network = network;
    this.operations = operations;
    math = new RoundedArithmetic(precision);
  }

  @Override
  public void begin(double... start) {
    parameters = Arrays.stream(start).boxed().toList();
    last = null;
  }

  @Override
  public Observation step(Samples samples) {
    last =
        new TrainingStep<>(
                math,
                network,
                operations,
                parameters,
                samples,
                row -> TrainingStep.numbers(math, row),
                math.of(LEARNING_RATE),
                last)
            .run();
    parameters = last.at(Stage.UPDATE);
    return Observation.of(last);
  }
}
