/**
 * Files of samples in any format: opened, checked, told apart by their fingerprints, and written
 * whole or not at all.
 */
package io.github.sumnet.data.file;
