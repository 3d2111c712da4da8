/**
 * One training step on one sample, value by value: exact, by the reference, by DL4J, and as the
 * document with the worked example prints it.
 */
package io.github.sumnet.explain;
