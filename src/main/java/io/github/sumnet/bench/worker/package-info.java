/**
 * The side of a benchmark's worker, a process that measures the cases of one engine on one device.
 */
package io.github.sumnet.bench.worker;
