package io.github.sumnet.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What comes back from a task.
 *
 * @param sums of the share's runs; empty if the executor is refused
 * @param notice what there is to say of an executor that has just been checked, else null
 * @param refusal why nothing that it computes may count, else null
 */
record Outcome(List<RunSum> sums, String notice, String refusal) implements Serializable {}
