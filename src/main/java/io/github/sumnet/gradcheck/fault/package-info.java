/** Faults that can be planted in the textbook's step, and what they are called. */
package io.github.sumnet.gradcheck.fault;
