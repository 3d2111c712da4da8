package io.github.sumnet.network;

/**
 * What one pass over a batch yields: the batch MEAN of both, unless said otherwise.
 *
 * @param loss the mean of ½(ŷ−y)²
 * @param gradient the derivative of that mean by each weight
 */
public record LossAndGradient(double loss, Weights gradient) {}
