/** Files of samples in any format. */
package io.github.sumnet.data.file;
