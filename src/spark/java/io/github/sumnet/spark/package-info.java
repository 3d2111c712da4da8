/**
 * The same training with its chunks computed by the executors of an Apache Spark cluster. The
 * driver has the weights, the updater and all that is recorded of a run; a step's sum has the same
 * bits wherever its parts were computed, and however often.
 */
package io.github.sumnet.spark;
