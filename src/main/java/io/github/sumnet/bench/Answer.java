package io.github.sumnet.bench;

/** What a worker answers: one line of JSON in which one of these is not null. */
record Answer(
    Started started,
    Prepared prepared,
    WarmedUp warmedUp,
    Repeated repeated,
    BenchRow.Memory memory,
    String problem) {
  /** The process is ready; seconds until its main method, and for loading ND4J. */
  record Started(double jvm, double nd4j) {}

  /**
   * A case is ready, seconds it took.
   *
   * @param gradientCheck of the check that the case relies on, whenever that was made
   */
  record Prepared(double gradientCheck, Timed generateData, Timed copyToDevice) {}

  /** What something takes once it is warm; not steady if its warm-up was cut off. */
  record Timed(double seconds, boolean steady) {
    static final Timed NOTHING = new Timed(0, true);
  }

  /** A warm-up is over, after so many seconds, because steps were steady or the time was up. */
  record WarmedUp(double seconds, boolean steady) {}

  /** A repetition. */
  record Repeated(long steps, double seconds) {}

  static Answer of(Started started) {
    return new Answer(started, null, null, null, null, null);
  }

  static Answer of(Prepared prepared) {
    return new Answer(null, prepared, null, null, null, null);
  }

  static Answer of(WarmedUp warmedUp) {
    return new Answer(null, null, warmedUp, null, null, null);
  }

  static Answer of(Repeated repeated) {
    return new Answer(null, null, null, repeated, null, null);
  }

  static Answer of(BenchRow.Memory memory) {
    return new Answer(null, null, null, null, memory, null);
  }

  static Answer problem(String problem) {
    return new Answer(null, null, null, null, null, problem);
  }
}
