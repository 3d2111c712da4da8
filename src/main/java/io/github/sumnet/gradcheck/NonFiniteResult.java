package io.github.sumnet.gradcheck;

import io.github.sumnet.gradcheck.verdict.Verdict;

/**
 * What an engine made of a number that is not finite.
 *
 * @param input which number it was, such as "x1 = NaN"
 * @param expected what has to come of it
 * @param found what came of it
 * @param verdict fail if it was hidden; inconclusive where a finite loss came with a gradient that
 *     is not, which arithmetic with infinities (0·∞) cannot avoid
 */
public record NonFiniteResult(String input, String expected, String found, Verdict verdict) {}
