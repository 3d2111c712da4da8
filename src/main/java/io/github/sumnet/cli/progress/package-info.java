/** What shows on stderr how far a command is. */
package io.github.sumnet.cli.progress;
