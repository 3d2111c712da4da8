package io.github.sumnet.train;

/** Is told how training goes, in the thread that trains: slow listeners slow it down. */
public interface TrainingListener {
  /** Does nothing. */
  TrainingListener NONE =
      new TrainingListener() {
        @Override
        public void measured(Measurement measurement) {}

        @Override
        public void checkpoint(Position position, boolean best) {}
      };

  /** A loss was measured. */
  void measured(Measurement measurement);

  /** A state worth keeping was reached; weights and updater state are in the engine's model. */
  void checkpoint(Position position, boolean best);
}
