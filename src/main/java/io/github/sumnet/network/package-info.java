/**
 * The network's mathematics in plain Java: its shape, weights, floating-point formats, loss and
 * gradient, and the worked example. Nothing here knows ND4J, files or devices.
 */
package io.github.sumnet.network;
