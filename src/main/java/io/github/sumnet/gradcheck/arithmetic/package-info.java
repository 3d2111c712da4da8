/**
 * Numbers that know how wrong they may be: decimals that stand for the truth, values with a bound
 * on their error, and the models of how an engine rounds.
 */
package io.github.sumnet.gradcheck.arithmetic;
