/** What is recorded of a training run, and what it came to. */
package io.github.sumnet.report.run;
