/** Benchmarks and comparisons of them: tables, charts, conclusions in sentences. */
package io.github.sumnet.report.bench;
