package io.github.sumnet.engine;

/**
 * What went between the host and a device.
 *
 * @param bytesToDevice bytes that the host sent, or filled memory with that the device reads
 * @param bytesFromDevice bytes that it fetched
 * @param secondsOfSamples how long the device was at copying samples, by its own clock, mostly
 *     while it computed on others
 */
public record Transfers(long bytesToDevice, long bytesFromDevice, double secondsOfSamples) {}
