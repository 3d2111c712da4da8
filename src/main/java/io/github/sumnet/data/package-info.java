/**
 * Batches of samples and where they come from: generated samples, {@code .npy} and {@code .csv}
 * files, shuffling, and reading ahead. Every sample is a pure function of its index, so any part
 * can be read again by any thread. Nothing here knows ND4J.
 */
package io.github.sumnet.data;
