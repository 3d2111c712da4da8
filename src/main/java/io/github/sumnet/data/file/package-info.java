/** Files of samples in any format: opened, checked, and told apart by their fingerprints. */
package io.github.sumnet.data.file;
