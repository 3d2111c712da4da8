package io.github.sumnet.bench.run;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.Memory;
import io.github.sumnet.bench.statistics.Repetition;
import io.github.sumnet.bench.worker.Answer;

/**
 * What is written down after each visit of a row: one line of the journal, in which what the visit
 * was not about is null.
 *
 * @param fork the process, from 1
 * @param benchCase what was visited; null for what a whole fork has
 * @param started with the first visit of a row in a fork
 * @param prepared likewise
 * @param warmedUp likewise
 * @param memory with the last visit of a row in a fork
 * @param busyCores with the end of a fork: how many cores other processes kept busy
 */
public record Visit(
    int fork,
    BenchCase benchCase,
    Answer.Started started,
    Answer.Prepared prepared,
    Answer.WarmedUp warmedUp,
    Repetition repetition,
    Memory memory,
    Double busyCores,
    String problem) {
  public static Visit warmUp(
      int fork,
      BenchCase benchCase,
      Answer.Started started,
      Answer.Prepared prepared,
      Answer.WarmedUp warmedUp) {
    return new Visit(fork, benchCase, started, prepared, warmedUp, null, null, null, null);
  }

  public static Visit repetition(int fork, BenchCase benchCase, Answer.Repeated repeated) {
    Repetition repetition = new Repetition(fork, repeated.steps(), repeated.seconds());
    return new Visit(fork, benchCase, null, null, null, repetition, null, null, null);
  }

  public static Visit memory(int fork, BenchCase benchCase, Memory memory) {
    return new Visit(fork, benchCase, null, null, null, null, memory, null, null);
  }

  public static Visit load(int fork, double busyCores) {
    return new Visit(fork, null, null, null, null, null, null, busyCores, null);
  }

  public static Visit problem(int fork, BenchCase benchCase, String problem) {
    return new Visit(fork, benchCase, null, null, null, null, null, null, problem);
  }
}
