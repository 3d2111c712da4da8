/**
 * The fused passes as kernels of an OpenCL device ({@code fused.cl}), with weights, updater and
 * sums on the device.
 */
package io.github.sumnet.engine.opencl;
