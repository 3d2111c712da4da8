package io.github.sumnet.cli.option;

import io.github.sumnet.data.OptionException;
import io.github.sumnet.explain.Explanation;
import io.github.sumnet.network.Topology;
import io.github.sumnet.report.chart.NetworkDiagram;
import io.github.sumnet.report.chart.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Where the network is drawn to. */
public final class DiagramOption {
  @Option(
      names = "--diagram",
      paramLabel = "FILE",
      description =
          "Also draw the network with its numbers into FILE, which ends in .svg or .png; for at"
              + " most 32 hidden units.")
  Path file;

  /** Refuses what cannot be drawn, before anything is computed. */
  public void check(Topology topology) {
    if (file == null) {
      return;
    }
    if (!isSvg() && !hasEnding(".png")) {
      throw new OptionException(
          "--diagram: expected a file name that ends in .svg or .png, not '" + file + "'");
    }
    if (topology.hidden() > NetworkDiagram.MOST_HIDDEN) {
      throw new OptionException(
          "--diagram: expected at most "
              + NetworkDiagram.MOST_HIDDEN
              + " hidden units, not "
              + topology.hidden());
    }
  }

  /** Writes the file, if one is wanted. */
  public void write(Explanation explanation) throws IOException {
    if (file == null) {
      return;
    }
    Picture diagram = NetworkDiagram.of(explanation);
    OutputOption.write(
        "--diagram",
        file,
        isSvg() ? diagram.svg().getBytes(StandardCharsets.UTF_8) : diagram.png());
  }

  private boolean isSvg() {
    return hasEnding(".svg");
  }

  private boolean hasEnding(String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }
}
