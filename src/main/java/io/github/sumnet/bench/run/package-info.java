/**
 * The side of the benchmark itself: it starts workers, asks them in turns and writes down what they
 * say.
 */
package io.github.sumnet.bench.run;
