package io.github.sumnet.train.run;

import io.github.sumnet.gradcheck.GradientReport;
import io.github.sumnet.train.Position;
import java.io.IOException;

/** Is told how a run goes, in the thread that trains. */
public interface RunListener {
  /**
   * The gradients were checked; training begins only if they pass.
   *
   * @throws IOException ends the run
   */
  void checked(GradientReport report) throws IOException;

  /**
   * Training begins at a position; what is returned shows how it goes, and is closed at its end.
   */
  Progress begins(Position from);
}
