/**
 * Options that commands share or that make a subject of their own, and where their values come
 * from.
 */
package io.github.sumnet.cli.option;
