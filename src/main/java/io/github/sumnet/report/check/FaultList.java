package io.github.sumnet.report.check;

import io.github.sumnet.gradcheck.fault.Mutant;
import io.github.sumnet.gradcheck.step.Stage;
import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.Report;
import java.util.List;
import java.util.stream.Stream;

/** The faults that can be planted to see what the check says of them. */
public final class FaultList implements Report {
  private record Fault(String name, Stage stage, String fault) {}

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
                Stream.of(Mutant.values())
                    .map(m -> List.of(m.toString(), m.stage().toString(), m.description()))
                    .toList())));
  }

  @Override
  public Object json() {
    return Stream.of(Mutant.values())
        .map(m -> new Fault(m.toString(), m.stage(), m.description()))
        .toList();
  }
}
