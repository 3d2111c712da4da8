package io.github.sumnet.report.document;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.sumnet.report.document.Block.Column;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Tables as comma-separated values, an empty line between two of them. */
final class CsvRenderer {
  private CsvRenderer() {}

  static String render(List<Block.Table> tables) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      for (Block.Table table : tables) {
        if (text.getBuffer().length() > 0) {
          csv.writeRecord("");
        }
        csv.writeRecord(table.columns().stream().map(Column::name).toList());
        table.rows().forEach(csv::writeRecord);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }
}
