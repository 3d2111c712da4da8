/** What a benchmark found out: rows, conclusions, and two benchmarks beside each other. */
package io.github.sumnet.bench.result;
