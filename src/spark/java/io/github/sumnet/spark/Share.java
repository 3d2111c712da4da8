package io.github.sumnet.spark;

import java.io.Serializable;

/**
 * A task's part of a step.
 *
 * @param weights those that the step begins with
 * @param from its first chunk
 * @param to the chunk after its last one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Share(long step, double[] weights, int from, int to, boolean measureLoss)
    implements Serializable {}
