/**
 * Whether an engine's gradients are right: the step in exact arithmetic, bounds on what rounding
 * can do to it, the cases that engines are judged on, planted faults that have to be found, and the
 * search for the cause of a failure.
 */
package io.github.sumnet.gradcheck;
