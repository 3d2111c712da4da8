/** Values held against their bounds: one value, one stage, one case. */
package io.github.sumnet.gradcheck.verdict;
