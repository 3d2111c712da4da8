/**
 * Training: the plan, the loop over steps, updaters' state and checkpoints, and the folder of a
 * run.
 */
package io.github.sumnet.train;
