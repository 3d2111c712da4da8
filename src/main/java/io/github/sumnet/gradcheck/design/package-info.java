/**
 * The cases that an engine is judged on, which faults a case cannot show, and how a failing one is
 * made smaller.
 */
package io.github.sumnet.gradcheck.design;
