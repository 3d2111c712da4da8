/**
 * One training step, computed three times: exactly, rounded as a textbook has it, and as bounds on
 * what rounding can change; beside them what an engine was seen to compute.
 */
package io.github.sumnet.gradcheck.step;
