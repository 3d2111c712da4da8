package io.github.sumnet.report.check;

import io.github.sumnet.report.document.Block;
import io.github.sumnet.report.document.Document;
import io.github.sumnet.report.document.TextRenderer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words of a gradient check, explained where they are printed. */
enum CheckLegend {
  DESIGN("weights and batches that the engine is tried on"),
  STAGE("a part of the training step; what follows a wrong one may be its consequence"),
  COVERAGE("how many of the planned values were compared"),
  CHECKED("compared with the truth, the same value in exact arithmetic"),
  WRONG("further from the truth than rounding explains: beyond its bound"),
  INCONCLUSIVE("no larger than its own bound, so that rounding may have changed all of it"),
  SKIPPED("not compared, since the step before had left no finite weights"),
  CONFIRMED("true derivatives that a method without backpropagation gives as well"),
  WORST("the largest error in units of its bound; above 1 is wrong"),
  FLOOR("the least value of the engine's exponential: there the error is the bound by definition"),
  REFERENCE("the same value by the textbook, in Java's double"),
  INDEPENDENT("the same derivative by a method without backpropagation"),
  CONDITION("the bound in units of rounding the truth once: how much rounding errors may grow"),
  ULPS("the error in units in the last place of the truth");

  private final String meaning;

  CheckLegend(String meaning) {
    this.meaning = meaning;
  }

  /** The words that occur in the blocks, and what they mean; empty if none does. */
  static Optional<Block> of(List<Block> blocks) {
    String text = TextRenderer.render(new Document("", "", blocks)).toLowerCase(Locale.ROOT);
    Map<String, String> meanings = new LinkedHashMap<>();
    for (CheckLegend each : values()) {
      String word = each.name().toLowerCase(Locale.ROOT);
      if (text.contains(word)) {
        meanings.put(word, each.meaning);
      }
    }
    return meanings.isEmpty() ? Optional.empty() : Optional.of(new Block.Facts("", meanings));
  }
}
