package io.github.sumnet.bench;

/**
 * What is written down after each visit of a row: one line of the journal, in which what the visit
 * was not about is null.
 *
 * @param fork the process, from 1
 * @param benchCase what was visited
 * @param started with the first visit of a row in a fork
 * @param prepared likewise
 * @param warmedUp likewise
 * @param memory with the last visit of a row in a fork
 */
record Visit(
    int fork,
    BenchCase benchCase,
    Answer.Started started,
    Answer.Prepared prepared,
    Answer.WarmedUp warmedUp,
    Repetition repetition,
    BenchRow.Memory memory,
    String problem) {
  static Visit warmUp(
      int fork,
      BenchCase benchCase,
      Answer.Started started,
      Answer.Prepared prepared,
      Answer.WarmedUp warmedUp) {
    return new Visit(fork, benchCase, started, prepared, warmedUp, null, null, null);
  }

  static Visit repetition(int fork, BenchCase benchCase, Answer.Repeated repeated) {
    Repetition repetition = new Repetition(fork, repeated.steps(), repeated.seconds());
    return new Visit(fork, benchCase, null, null, null, repetition, null, null);
  }

  static Visit memory(int fork, BenchCase benchCase, BenchRow.Memory memory) {
    return new Visit(fork, benchCase, null, null, null, null, memory, null);
  }

  static Visit problem(int fork, BenchCase benchCase, String problem) {
    return new Visit(fork, benchCase, null, null, null, null, null, problem);
  }
}
