/** CSV with the header x1,x2,y, read block by block and written. */
package io.github.sumnet.data.csv;
