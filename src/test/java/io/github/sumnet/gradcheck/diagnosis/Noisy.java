package io.github.sumnet.gradcheck.diagnosis;

import io.github.sumnet.gradcheck.step.Misreporting;
import io.github.sumnet.gradcheck.step.Observation;
import io.github.sumnet.gradcheck.step.RoundedSubject;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.gradcheck.step.Subject;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Precision;
import io.github.sumnet.network.Topology;
import java.util.Random;

/** Networks with random errors. */
final class Noisy {
  private Noisy() {}

  /** A network whose values at a stage are each off by a random share of themselves. */
  static Subject at(Stage stage, Topology topology, Precision precision, long seed, double size) {
    Random random = new Random(seed);
    return new Misreporting(new RoundedSubject(DenseNetwork.of(topology), precision)) {
      @Override
      protected void change(Observation seen) {
        double[] values = seen.at(stage);
        for (int i = 0; i < values.length; i++) {
          values[i] = precision.round(values[i] * (1 + size * (random.nextDouble() - 0.5)));
        }
      }
    };
  }
}
