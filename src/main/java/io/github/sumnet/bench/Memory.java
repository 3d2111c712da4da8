package io.github.sumnet.bench;

/**
 * What a process held while a row was measured.
 *
 * @param peakResidentBytes peak resident memory; null where the system cannot tell
 * @param deviceBytes the most memory that the process held on an OpenCL device, or all that is in
 *     use on the GPU with CUDA; null on a CPU
 */
public record Memory(Long peakResidentBytes, Long deviceBytes) {}
