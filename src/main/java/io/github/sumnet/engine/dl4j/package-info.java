/** Chunks computed by DL4J's own passes on ND4J, on the CPU or through CUDA. */
package io.github.sumnet.engine.dl4j;
