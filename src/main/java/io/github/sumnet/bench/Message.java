package io.github.sumnet.bench;

/**
 * What a benchmark asks its workers for, and what they answer: a line of JSON with one key, the
 * message's name, such as {@code {"repeated": {"steps": 100, "seconds": 0.2}}}.
 */
public sealed interface Message {
  /** Asks to check the gradients of a case and to make and copy its data; answered by Prepared. */
  record Prepare(BenchCase benchCase) implements Message {}

  /** Asks to make steps until their time is steady, then to time the rest; answered by WarmedUp. */
  record WarmUp() implements Message {}

  /** Asks to time a repetition; answered by Repeated. */
  record Repeat() implements Message {}

  /** Asks to let go of the case; answered by Finished. */
  record Finish() implements Message {}

  /**
   * Sent without a request: the process is ready.
   *
   * @param jvm seconds until its main method
   * @param nd4j seconds for loading ND4J
   */
  record Started(double jvm, double nd4j) implements Message {}

  /**
   * A case is ready.
   *
   * @param gradientCheck seconds of the check that the case relies on, whenever that was made
   */
  record Prepared(double gradientCheck) implements Message {}

  /**
   * A warm-up is over, because steps were steady or the time was up.
   *
   * @param seconds how long steps were made
   * @param generateData making the samples
   * @param copyToDevice copying them to where the device computes
   */
  record WarmedUp(double seconds, boolean steady, Timed generateData, Timed copyToDevice)
      implements Message {}

  /** The seconds that something takes once it is warm; not steady if its warm-up was cut off. */
  record Timed(double seconds, boolean steady) {
    public static final Timed NOTHING = new Timed(0, true);
  }

  /** A repetition. */
  record Repeated(long steps, double seconds) implements Message {}

  /** The case is let go of; this is what it held. */
  record Finished(Memory memory) implements Message {}

  /** What was asked for cannot be done. */
  record Failed(String problem) implements Message {}
}
