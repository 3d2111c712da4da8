package io.github.sumnet.report.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cells in columns: words to the left, numbers to the right.
 *
 * @param header the columns' names; one that begins with a blank is of numbers
 * @param rows as many cells each
 */
public record TextTable(List<String> header, List<List<String>> rows) {
  /** For a terminal: columns two blanks apart. */
  public String toText() {
    int[] widths = new int[header.size()];
    for (List<String> row : all()) {
      Arrays.setAll(widths, k -> Math.max(widths[k], row.get(k).length()));
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : all()) {
      StringBuilder line = new StringBuilder();
      for (int k = 0; k < widths.length; k++) {
        String blanks = " ".repeat(widths[k] - row.get(k).length());
        line.append(isNumeric(k) ? blanks + row.get(k) : row.get(k) + blanks).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A table in GitHub's Markdown. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder();
    List<List<String>> all = all();
    for (int i = 0; i < all.size(); i++) {
      text.append("| ").append(String.join(" | ", all.get(i))).append(" |\n");
      if (i == 0) {
        for (int k = 0; k < header.size(); k++) {
          text.append(isNumeric(k) ? "|---:" : "|---");
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private List<List<String>> all() {
    List<List<String>> all = new ArrayList<>();
    all.add(header.stream().map(String::strip).toList());
    all.addAll(rows);
    return all;
  }

  boolean isNumeric(int column) {
    return header.get(column).startsWith(" ");
  }
}
