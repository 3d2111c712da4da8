package io.github.sumnet.report.document;

import io.github.sumnet.report.document.Block.Column;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A result that every {@link OutputFormat} can print. */
public interface Report {
  /** The result for people. */
  Document document();

  /** What a page of it is called, where the document has no title of its own. */
  String title();

  /** The same for a browser, which has room for more than a terminal. */
  default Document page() {
    Document document = document();
    return document.title().isEmpty()
        ? new Document(title(), document.lead(), document.blocks())
        : document;
  }

  /** The result for programs: records, maps and lists, as {@link Json} writes them. */
  Object json();

  /** For CI servers: what was tested; empty where nothing was. */
  default List<TestSuite> suites() {
    return List.of();
  }

  /** For spreadsheets: the document's tables, and its facts as tables of names and values. */
  default List<Block.Table> tables() {
    return document().blocks().stream()
        .flatMap(
            block ->
                block instanceof Block.Table table
                    ? Stream.of(table)
                    : block instanceof Block.Facts facts
                        ? Stream.of(table(facts.entries()))
                        : Stream.<Block.Table>empty())
        .toList();
  }

  private static Block.Table table(Map<String, String> facts) {
    return new Block.Table(
        "",
        Column.words("name", "value"),
        facts.entrySet().stream().map(fact -> List.of(fact.getKey(), fact.getValue())).toList());
  }
}
