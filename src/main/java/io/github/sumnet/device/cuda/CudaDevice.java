package io.github.sumnet.device.cuda;

/**
 * One GPU as the CUDA runtime describes it.
 *
 * @param index its number in the runtime's order, from 0
 * @param memoryBytes its total memory
 */
public record CudaDevice(
    int index, String name, ComputeCapability computeCapability, long memoryBytes) {}
