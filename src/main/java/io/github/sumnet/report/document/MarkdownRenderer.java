package io.github.sumnet.report.document;

import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Block.Column.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Documents in GitHub's Markdown; pictures are left out. */
final class MarkdownRenderer {
  private MarkdownRenderer() {}

  static String render(Document document) {
    List<String> parts = new ArrayList<>();
    if (!document.title().isEmpty()) {
      parts.add("# " + escape(document.title()));
    }
    if (!document.lead().isEmpty()) {
      parts.add(escape(document.lead()));
    }
    document.blocks().stream().map(MarkdownRenderer::block).forEach(parts::add);
    parts.removeIf(String::isEmpty);
    return String.join("\n\n", parts) + "\n";
  }

  private static String block(Block block) {
    if (block instanceof Block.Heading heading) {
      return "## " + escape(heading.text());
    }
    if (block instanceof Block.Text text) {
      return escape(text.text());
    }
    if (block instanceof Block.Bullets bullets) {
      List<String> lines = new ArrayList<>();
      for (String item : bullets.items()) {
        lines.add((bullets.numbered() ? lines.size() + 1 + ". " : "- ") + escape(item));
      }
      return String.join("\n", lines);
    }
    if (block instanceof Block.Facts facts) {
      return facts(facts.caption(), facts.entries());
    }
    if (block instanceof Block.KeyFigures figures) {
      return facts("", figures.entries());
    }
    if (block instanceof Block.Code code) {
      return escape(code.caption()) + "\n\n```\n" + code.text() + "\n```";
    }
    return block instanceof Block.Table table ? table(table) : "";
  }

  private static String facts(String caption, Map<String, String> entries) {
    List<String> lines = new ArrayList<>(List.of(row(List.of(escape(caption), "")), "|---|---|"));
    entries.forEach((name, value) -> lines.add(row(List.of(escape(name), escape(value)))));
    return String.join("\n", lines);
  }

  private static String table(Block.Table table) {
    List<String> lines = new ArrayList<>();
    if (!table.caption().isEmpty()) {
      lines.addAll(List.of(escape(table.caption()), ""));
    }
    lines.add(row(table.columns().stream().map(column -> escape(column.name())).toList()));
    StringBuilder rule = new StringBuilder("|");
    for (Column column : table.columns()) {
      rule.append(column.kind() == Kind.NUMBERS ? "---:|" : "---|");
    }
    lines.add(rule.toString());
    for (List<String> cells : table.rows()) {
      List<String> row = new ArrayList<>();
      for (int k = 0; k < cells.size(); k++) {
        boolean code = table.columns().get(k).kind() == Kind.CODE;
        row.add(code ? "`" + cells.get(k) + "`" : escape(cells.get(k)));
      }
      lines.add(row(row));
    }
    return String.join("\n", lines);
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  /** Keeps words what they are. */
  private static String escape(String text) {
    return text.replaceAll("([\\\\|*_<>`])", "\\\\$1").replaceAll("\\R", " ");
  }
}
