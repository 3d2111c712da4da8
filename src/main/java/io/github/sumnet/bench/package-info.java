/**
 * How fast engines are on devices: what is measured where. Cases are measured in processes of their
 * own; statistics with confidence intervals say what follows.
 */
package io.github.sumnet.bench;
