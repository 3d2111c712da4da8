/** A run: its folder, and all that is recorded of it there while it trains. */
package io.github.sumnet.train.run;
