package io.github.sumnet.report.document;

import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Block.Column.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Documents for a terminal of 100 columns, to be read from top to bottom. */
public final class TextRenderer {
  private static final int COLUMNS = 100;

  /** Between two words, but not beside what joins a name to its value. */
  private static final String GAP = " +(?![=≈←])(?<![=≈←±] )";

  private final Document document;
  private final List<String> lines = new ArrayList<>();

  private TextRenderer(Document document) {
    this.document = document;
  }

  /** The whole text, with a line break at its end. */
  public static String render(Document document) {
    return new TextRenderer(document).write();
  }

  private String write() {
    if (!document.title().isEmpty()) {
      wrap("", "", document.title());
    }
    if (!document.lead().isEmpty()) {
      wrap("", "", document.lead());
    }
    Block before = null;
    for (Block block : document.blocks()) {
      boolean belongsTogether = before instanceof Block.Text && block instanceof Block.Text;
      if (!lines.isEmpty() && !belongsTogether && !(block instanceof Block.Picture)) {
        lines.add("");
      }
      add(block);
      before = block;
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.stripTrailing()).append(System.lineSeparator()));
    return text.toString();
  }

  private void add(Block block) {
    if (block instanceof Block.Heading heading) {
      wrap("", "", heading.text());
    } else if (block instanceof Block.Text text) {
      wrap("", "", text.text());
    } else if (block instanceof Block.Bullets bullets) {
      for (int i = 0; i < bullets.items().size(); i++) {
        String mark = bullets.numbered() ? "  " + (i + 1) + ". " : "- ";
        wrap(mark, " ".repeat(mark.length()), bullets.items().get(i));
      }
    } else if (block instanceof Block.Facts facts) {
      if (!facts.caption().isEmpty()) {
        lines.add(facts.caption());
      }
      facts(facts.entries());
    } else if (block instanceof Block.KeyFigures figures) {
      facts(figures.entries());
    } else if (block instanceof Block.Table table) {
      if (!table.caption().isEmpty()) {
        wrap("", "", table.caption());
      }
      table(table);
    } else if (block instanceof Block.Code code) {
      wrap("", "", code.caption());
      lines.add("  " + code.text());
    }
  }

  private void facts(Map<String, String> entries) {
    int width = document.blocks().stream().mapToInt(TextRenderer::widestName).max().orElse(0);
    entries.forEach(
        (name, value) ->
            wrap(
                "  " + name + " ".repeat(width - name.length() + 2), " ".repeat(width + 4), value));
  }

  /** All facts of a document are aligned with each other. */
  private static int widestName(Block block) {
    Map<String, String> entries =
        block instanceof Block.Facts facts
            ? facts.entries()
            : block instanceof Block.KeyFigures figures ? figures.entries() : Map.of();
    return entries.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  private void table(Block.Table table) {
    List<Column> columns = table.columns();
    List<Integer> code = indices(columns, true);
    List<Integer> cells = indices(columns, false);
    String indent = code.isEmpty() ? "" : "    ";
    List<List<String>> all = new ArrayList<>();
    all.add(columns.stream().map(Column::name).toList());
    all.addAll(table.rows());
    int[] widths = new int[columns.size()];
    for (List<String> row : all) {
      cells.forEach(k -> widths[k] = Math.max(widths[k], row.get(k).length()));
    }
    for (List<String> row : all) {
      if (!code.isEmpty() && row != all.get(0)) {
        String formula = String.join(" ", code.stream().map(row::get).toList());
        wrap("  ", "      ", formula);
      }
      StringBuilder line = new StringBuilder(indent);
      for (int k : cells) {
        String blanks = " ".repeat(widths[k] - row.get(k).length());
        boolean left = columns.get(k).kind() == Kind.WORDS;
        line.append(left ? row.get(k) + blanks : blanks + row.get(k)).append("  ");
      }
      lines.add(line.toString());
    }
  }

  private static List<Integer> indices(List<Column> columns, boolean code) {
    return IntStream.range(0, columns.size())
        .filter(k -> (columns.get(k).kind() == Kind.CODE) == code)
        .boxed()
        .toList();
  }

  /** Words side by side, below one another where the line is full. */
  private void wrap(String first, String others, String text) {
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.split(GAP, -1)) {
      if (!empty && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
  }
}
