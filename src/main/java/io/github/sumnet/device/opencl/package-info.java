/** Calls to OpenCL: what a machine has, and buffers, queues and kernels of one device. */
package io.github.sumnet.device.opencl;
