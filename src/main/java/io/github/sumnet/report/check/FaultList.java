package io.github.sumnet.report.check;

import io.github.sumnet.gradcheck.fault.Fault;
import io.github.sumnet.network.DenseNetwork;
import io.github.sumnet.network.Topology;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import java.util.List;
import java.util.stream.Stream;

/** The faults that can be planted to see what the check says of them. */
public final class FaultList implements Report {
  private static final DenseNetwork NETWORK = DenseNetwork.of(Topology.DEFAULT);

  private record FaultJson(String name, String stage, String fault) {}

  @Override
  public String title() {
    return "Faults that the check can plant";
  }

  @Override
  public Document document() {
    return new Document(
        "",
        "",
        List.of(
            new Block.Table(
                "",
                Column.words("fault", "first wrong stage", "what is wrong"),
                Stream.of(Fault.values())
                    .map(m -> List.of(m.toString(), m.stage(NETWORK).toString(), m.description()))
                    .toList())));
  }

  @Override
  public Object json() {
    return Stream.of(Fault.values())
        .map(m -> new FaultJson(m.toString(), m.stage(NETWORK).toString(), m.description()))
        .toList();
  }
}
