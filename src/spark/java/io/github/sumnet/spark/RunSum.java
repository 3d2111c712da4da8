package io.github.sumnet.spark;

import java.io.Serializable;

/**
 * What the chunks of a run add up to.
 *
 * @param gradient the sum of the samples' gradients, in the order of {@link
 *     io.github.sumnet.network.Topology#weightNames()}
 * @param loss the sum of their losses; NaN if it was not wanted
 * @param samples how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RunSum(ChunkRun run, double[] gradient, double loss, int samples) implements Serializable {}
