/**
 * What can be said of repeated measurements: medians, how far they would spread, how two of them
 * compare.
 */
package io.github.sumnet.bench.statistics;
