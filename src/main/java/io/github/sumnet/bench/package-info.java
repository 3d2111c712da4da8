/** How fast, honestly: what is measured where (this package), by whom, and what follows from it. */
package io.github.sumnet.bench;
