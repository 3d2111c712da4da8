package io.github.sumnet.train;

/**
 * What is known at a step.
 *
 * @param step how many steps have been taken
 * @param epoch the epoch of the last of them, from 0
 * @param samples how many samples they took
 * @param loss half mean squared error over the last batch, before its step; NaN if not measured
 * @param heldOutLoss half mean squared error over the held-out samples; NaN if not evaluated
 * @param learningRate η of the last step
 * @param secondsTraining time spent training so far
 * @param samplesPerSecond the rate since the measurement before
 */
public record Measurement(
    long step,
    long epoch,
    long samples,
    double loss,
    double heldOutLoss,
    double learningRate,
    double secondsTraining,
    double samplesPerSecond) {}
