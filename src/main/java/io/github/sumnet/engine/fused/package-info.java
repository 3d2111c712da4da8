/**
 * Chunks computed in one pass over the samples, in float or double (expanded from templates): the
 * kernels' contract, the one in plain Java, and how the fastest one is found.
 */
package io.github.sumnet.engine.fused;
