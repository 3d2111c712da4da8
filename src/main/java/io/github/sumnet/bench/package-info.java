/**
 * How fast engines are on devices: cases measured in processes of their own, statistics with
 * confidence intervals, and the comparison of two benchmarks.
 */
package io.github.sumnet.bench;
