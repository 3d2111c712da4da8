/**
 * What is behind a failure: the smallest case, the worst sample, and the fault that accounts for
 * every wrong value.
 */
package io.github.sumnet.gradcheck.diagnosis;
