package io.github.sumnet.gradcheck.fault;

import java.util.Locale;

/** What may be wrong with a backpropagation, as far as the pattern of its errors tells. */
public enum Cause {
  WRONG_SIGN("has exactly the opposite sign: is it y − ŷ where it should be ŷ − y, or + for −?"),
  MISSING_HALF("is exactly twice the true one: is the ½ of ½(ŷ−y)² missing?"),
  DOUBLED(
      "is exactly twice the true one: is the ½ of the loss missing from its derivative, or is it"
          + " added twice?"),
  HALVED("is exactly half the true one: does the ½ of the loss go into its derivative?"),
  ALL_ZERO("is zero everywhere: is it never computed, or cleared before it is used?"),
  FLUSHED("is zero where the true values are tiny: is a small value taken for none?"),
  NOT_DIVIDED("is N times the true one: is the sum over the batch taken for the mean?"),
  STALE_BATCH_SIZE(
      "is divided by the previous step's batch size: is N kept from one step to the next?"),
  DIVIDED_BY_ONE_LESS("is N/(N−1) times the true one: is it divided by N − 1?"),
  MEAN_OF_MEANS(
      "is the mean of the chunks' means: chunks of different sizes have to be weighted by them"),
  SLOPE_MISSING("is the true one divided by σ′: is the activation's derivative missing?"),
  SLOPE_TWICE("is the true one times σ′: is the activation's derivative multiplied twice?"),
  TANH_SLOPE("fits 1 − a² as the activation's derivative, which is tanh's: σ's is a(1−a)"),
  SLOPE_OF_ACTIVATION("fits σ′(a) where it should be σ′(z): is σ applied once more to a?"),
  TRANSPOSED("fits a weight matrix read in the wrong order: is it transposed?"),
  UNITS_PERMUTED("fits another hidden unit's weight wh: are the units' indices mixed up?"),
  WEIGHT_MISSING("fits without the factor wh: is the output's weight left out of the delta?"),
  UPDATED_WEIGHTS(
      "fits weights wh that the step has changed already: update them after the hidden deltas"),
  STALE_WEIGHTS("fits the weights of the step before: are they copied only after the pass?"),
  WRONG_TARGET("fits an input as the target: is the wrong column read as y?"),
  CLIPPED_TARGET("fits targets clipped to the range of σ: they may lie beyond it"),
  WRONG_INPUT("fits the wrong input: are the columns of x1 and x2 mixed up?"),
  PREDICTION_FOR_ACTIVATION(
      "fits ŷ as the factor where the hidden activation a belongs: is it the wrong layer's output?"),
  SAMPLE_LEFT_OUT("lacks exactly one sample of the batch: does a loop end early or start late?"),
  SAMPLE_TWICE("has one sample of the batch in it twice: does a range overlap?"),
  SAMPLES_BEYOND("lacks all samples of a batch but the first: is a buffer or a block too short?"),
  CHUNKS_BEYOND("lacks all chunks of a batch but the first: is there room for so many?"),
  ONE_CHUNK_ONLY("is that of the last chunk alone: is the sum overwritten, not added to?"),
  ACCUMULATED(
      "is the true one plus the previous step's: is the sum not cleared from step to step?"),
  MOMENTUM("is off by a constant share of the previous step's change: is momentum on?"),
  WEIGHT_DECAY("is off by a constant share of the weights: is weight decay or L2 on?"),
  RATE_TWICE("changes the weights by η² times the gradient: is the learning rate applied twice?"),
  BIAS("is off by the same amount for every sample of a step: is there a bias?"),
  CLIPPED("ends at a limit that the true values pass: is clipping on?"),
  OVERFLOW("is not a number where e^|z| overflows: is σ computed as e^z/(1+e^z)?"),
  NOT_FINITE("is infinite or not a number where the true one is finite"),
  SINGLE_PRECISION("is rounded to float in a computation in double: is there a cast on the way?"),
  CONSTANT_FACTOR("is a constant multiple of the true one: is there a factor too many?"),
  UNKNOWN("is wrong in a way that fits no known fault");

  private final String hint;

  Cause(String hint) {
    this.hint = hint;
  }

  /** The suspicion in words, to be read after the name of what is wrong. */
  public String hint() {
    return hint;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
