package io.github.sumnet.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The parsers of {@link ParserFuzzTest} under Jazzer, which begins with the same inputs and looks
 * for others, led by the branches that they reach: {@code scripts/prove fuzz}. No part of a test
 * run, since Jazzer changes all classes of the JVM.
 */
class ParserFuzzing {
  private static final String SEEDS = "io.github.sumnet.cli.ParserFuzzTest#";

  private final ParserFuzzTest parsers = new ParserFuzzTest();

  @MethodSource(SEEDS + "npy")
  @FuzzTest
  void npy(byte[] content) throws IOException {
    parsers.npy(content);
  }

  @MethodSource(SEEDS + "csv")
  @FuzzTest
  void csv(byte[] content) throws IOException {
    parsers.csv(content);
  }

  @MethodSource(SEEDS + "checkpoint")
  @FuzzTest
  void checkpoint(byte[] content) throws IOException {
    parsers.checkpoint(content);
  }

  @MethodSource(SEEDS + "crafted")
  @FuzzTest
  void crafted(byte[] content) throws IOException {
    parsers.crafted(content);
  }

  @MethodSource(SEEDS + "bench")
  @FuzzTest
  void bench(byte[] content) throws IOException {
    parsers.bench(content);
  }

  @MethodSource(SEEDS + "journal")
  @FuzzTest
  void journal(byte[] content) throws IOException {
    parsers.journal(content);
  }

  @MethodSource(SEEDS + "config")
  @FuzzTest
  void config(byte[] content) throws IOException {
    parsers.config(content);
  }

  @MethodSource(SEEDS + "replay")
  @FuzzTest
  void replay(byte[] content) throws IOException {
    parsers.replay(content);
  }

  @MethodSource(SEEDS + "values")
  @FuzzTest
  void values(byte[] content) {
    parsers.values(content);
  }
}
