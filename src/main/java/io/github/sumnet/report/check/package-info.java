/** Gradient checks, planted faults and the check's test of itself, for people and for programs. */
package io.github.sumnet.report.check;
