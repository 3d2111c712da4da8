package io.github.sumnet.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the commands have in common whose help lists the options in the order of the code. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class SumnetCommand implements Callable<Integer> {
  @ParentCommand Sumnet root;
  @Spec CommandSpec spec;

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Whether a flag is on the command line, not only in a file or the environment. */
  boolean isGiven(String flag) {
    return spec.commandLine().getParseResult().hasMatchedOption(flag);
  }
}
