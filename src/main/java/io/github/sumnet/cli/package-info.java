/**
 * The command line: one class for each command, which parses its options, calls the other packages
 * and prints. {@link io.github.sumnet.cli.Sumnet} is where the process begins.
 */
package io.github.sumnet.cli;
