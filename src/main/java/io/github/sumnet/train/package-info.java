/**
 * Training: the plan, the loop over steps, updaters' state and checkpoints; package run has the
 * folder of a run.
 */
package io.github.sumnet.train;
