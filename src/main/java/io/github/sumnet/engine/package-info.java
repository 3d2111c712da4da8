/**
 * Ways to compute the same network behind one contract, {@link io.github.sumnet.engine.Engine}:
 * DL4J's own passes, the fused kernels on the CPU or through OpenCL, and the textbook's loops.
 * Whichever computes, the network is that of a DL4J model.
 */
package io.github.sumnet.engine;
