/** The textbook's formulas as they stand, sample by sample: what all else is measured against. */
package io.github.sumnet.engine.textbook;
