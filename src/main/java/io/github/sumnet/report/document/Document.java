package io.github.sumnet.report.document;

import java.util.List;

/**
 * A result for people, in whatever format: what is said and in which order, not how it looks.
 *
 * @param title the first line
 * @param lead a sentence below it; may be empty
 */
public record Document(String title, String lead, List<Block> blocks) {
  public Document {
    blocks = List.copyOf(blocks);
  }
}
