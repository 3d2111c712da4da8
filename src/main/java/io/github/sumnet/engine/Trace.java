package io.github.sumnet.engine;

import io.github.sumnet.network.Topology;

/**
 * What both passes compute on the way, sample by sample, as the engine's own arithmetic has it. An
 * array with a value for every hidden unit holds unit j of sample i at i·H + j.
 *
 * @param z the hidden units' weighted inputs, [n·H]
 * @param a their activations, [n·H]
 * @param zo the output's weighted input, [n]
 * @param prediction ŷ, [n]
 * @param deltaOutput the derivative of the sample's loss by zo, [n]
 * @param deltaHidden its derivatives by the hidden units' z, [n·H]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record Trace(
    double[] z,
    double[] a,
    double[] zo,
    double[] prediction,
    double[] deltaOutput,
    double[] deltaHidden) {

  /** Room for the intermediate values of so many samples, all zero. */
  public static Trace allocate(Topology topology, int samples) {
    int units = Math.multiplyExact(samples, topology.hidden());
    return new Trace(
        new double[units],
        new double[units],
        new double[samples],
        new double[samples],
        new double[samples],
        new double[units]);
  }
}
