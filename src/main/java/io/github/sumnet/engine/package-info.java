/**
 * The contract of all ways to compute the network, {@link io.github.sumnet.engine.Engine}, and the
 * DL4J model that each of them trains: its definition, updater, schedule, and the layout of its
 * weights. The ways themselves are in the packages below, and are found as services.
 */
package io.github.sumnet.engine;
