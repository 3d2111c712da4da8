/** NumPy's format of arrays, read through mapped memory and written. */
package io.github.sumnet.data.npy;
