/**
 * A step on the host: threads that share out its chunks, the tree along which the chunks' gradients
 * are summed, and ND4J's updaters in plain Java. How a chunk's gradient is computed is left to a
 * {@link io.github.sumnet.engine.chunk.ChunkGradient}.
 */
package io.github.sumnet.engine.chunk;
