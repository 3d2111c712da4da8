package io.github.sumnet.bench.run;

import io.github.sumnet.bench.BenchCase;
import io.github.sumnet.bench.Message;
import java.util.Optional;

/**
 * A line of the journal: what a worker said of a case, or what a whole fork has.
 *
 * @param fork the process, from 1
 * @param benchCase null for what a whole fork has
 * @param said null likewise
 * @param busyCores how many cores other processes kept busy in the fork; null for what was said
 */
public record Visit(int fork, BenchCase benchCase, Message said, Double busyCores) {
  public Visit(int fork, BenchCase benchCase, Message said) {
    this(fork, benchCase, said, null);
  }

  static Visit endOfFork(int fork, double busyCores) {
    return new Visit(fork, null, null, busyCores);
  }

  /** What was said, if it was a message of this type. */
  public <T extends Message> Optional<T> said(Class<T> type) {
    return Optional.ofNullable(said).filter(type::isInstance).map(type::cast);
  }
}
