package io.github.sumnet.network;

/**
 * What one pass over a batch yields.
 *
 * @param loss the batch mean of ½(ŷ−y)²
 * @param gradient the derivative of that mean by each weight
 */
public record LossAndGradient(double loss, Weights gradient) {}
