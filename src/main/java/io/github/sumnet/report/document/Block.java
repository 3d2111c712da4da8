package io.github.sumnet.report.document;

import io.github.sumnet.report.chart.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A part of a {@link Document}, without a word on how it looks. */
public sealed interface Block {
  /** Begins a section. */
  record Heading(String text) implements Block {}

  /** A paragraph. */
  record Text(String text) implements Block {}

  /** Sentences that stand for themselves, numbered where their order matters. */
  record Bullets(boolean numbered, List<String> items) implements Block {
    public Bullets {
      items = List.copyOf(items);
    }
  }

  /**
   * Names and what they stand for, in the map's order.
   *
   * @param caption what they have in common; may be empty
   */
  record Facts(String caption, Map<String, String> entries) implements Block {}

  /** The few numbers that matter most, by what they are; a page prints them large. */
  record KeyFigures(Map<String, String> entries) implements Block {}

  /**
   * A command or the like, to be copied as it is: it is never broken into lines.
   *
   * @param caption what it is for
   */
  record Code(String caption, String text) implements Block {}

  /**
   * Cells in columns.
   *
   * @param caption what is in it; may be empty
   * @param rows as many cells each as there are columns
   */
  record Table(String caption, List<Column> columns, List<List<String>> rows) implements Block {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
      for (List<String> row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "a row of " + row.size() + " cells under " + columns.size() + " columns: " + row);
        }
      }
    }
  }

  /** The head of a table's column. */
  record Column(String name, Kind kind) {
    /** What is in a column. */
    public enum Kind {
      /** Text, to the left. */
      WORDS,
      /** Numbers, to the right. */
      NUMBERS,
      /** A formula or a command, too wide for a terminal's table: there it has its own line. */
      CODE
    }

    /** Columns of text. */
    public static List<Column> words(String... names) {
      return of(Kind.WORDS, names);
    }

    /** Columns of numbers. */
    public static List<Column> numbers(String... names) {
      return of(Kind.NUMBERS, names);
    }

    /** Columns beside one another. */
    @SafeVarargs
    public static List<Column> join(List<Column>... parts) {
      List<Column> columns = new ArrayList<>();
      for (List<Column> part : parts) {
        columns.addAll(part);
      }
      return List.copyOf(columns);
    }

    /** Columns of one kind. */
    public static List<Column> of(Kind kind, String... names) {
      return List.of(names).stream().map(name -> new Column(name, kind)).toList();
    }
  }

  /**
   * A chart under its title; only pages have pictures.
   *
   * @param height for a page of 420 units' width
   * @param description what it shows, also for those who cannot see it
   */
  record Picture(LineChart chart, int height, String description) implements Block {}
}
