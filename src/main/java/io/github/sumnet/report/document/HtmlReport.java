package io.github.sumnet.report.document;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.github.sumnet.report.chart.LineChart;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A page that is one file: no scripts, nothing to load. It follows the reader's choice of light or
 * dark, fits a phone and prints. Every text is escaped; pictures have a description for those who
 * cannot see them.
 */
public final class HtmlReport {
  /** Of a picture in the page's own units: letters keep their size on a phone. */
  private static final int WIDTH = 420;

  private static final int HEIGHT = 320;

  private final String title;
  private final String lead;
  private final List<DomContent> sections = new ArrayList<>();

  /** An empty page with a heading and a line below it. */
  public HtmlReport(String title, String lead) {
    this.title = title;
    this.lead = lead;
  }

  /** Adds a section. */
  public void add(String heading, List<DomContent> content) {
    sections.add(section(h2(heading), each(content, part -> part)));
  }

  /** Pictures beside each other where there is room. */
  public static DomContent beside(List<DomContent> figures) {
    return div(each(figures, figure -> figure)).withClass("beside");
  }

  /** A picture under its title, and below it what it shows. */
  public static DomContent picture(LineChart chart, String description) {
    return picture(chart, HEIGHT, description);
  }

  /** The same of another height, for a width of {@value #WIDTH}. */
  public static DomContent picture(LineChart chart, int height, String description) {
    return figure(
        h3(chart.title()),
        rawHtml(chart.untitled(WIDTH, height).svgInPage(chart.title() + ": " + description)),
        figcaption(description));
  }

  /** A paragraph. */
  public static DomContent text(String text) {
    return p(text);
  }

  /** Sentences that stand for themselves. */
  public static DomContent list(List<String> sentences) {
    return ul(each(sentences, sentence -> li(sentence)));
  }

  /** The few numbers that matter most, large. */
  public static DomContent numbers(Map<String, String> numbers) {
    return dl(each(numbers.entrySet(), n -> div(dt(n.getKey()), dd(n.getValue()))))
        .withClass("numbers");
  }

  /** Names and what they stand for. */
  public static DomContent facts(String caption, Map<String, String> facts) {
    return HtmlRenderer.scrolling(
        caption,
        tbody(
            each(
                facts.entrySet(),
                fact -> tr(th(fact.getKey()).attr("scope", "row"), td(fact.getValue())))));
  }

  /** A table whose first column is text, and whose others are numbers. */
  public static DomContent table(String caption, List<String> head, List<List<String>> rows) {
    return HtmlRenderer.scrolling(
        caption,
        thead(tr(each(head, name -> th(name).attr("scope", "col")))),
        tbody(each(rows, HtmlReport::row)));
  }

  /** A table whose columns say themselves what they are. */
  public static DomContent table(String caption, TextTable table) {
    List<Integer> columns = IntStream.range(0, table.header().size()).boxed().toList();
    return HtmlRenderer.scrolling(
        caption,
        thead(
            tr(
                each(
                    columns,
                    k ->
                        th(table.header().get(k).strip())
                            .attr("scope", "col")
                            .withCondClass(!table.isNumeric(k), "words")))),
        tbody(
            each(
                table.rows(),
                cells ->
                    tr(
                        each(
                            columns,
                            k ->
                                td(cells.get(k))
                                    .withClass(table.isNumeric(k) ? "number" : "words"))))));
  }

  private static DomContent row(List<String> cells) {
    return tr(
        th(cells.get(0)).attr("scope", "row"),
        each(cells.subList(1, cells.size()), cell -> td(cell).withClass("number")));
  }

  /** The whole file. */
  public String html() {
    return HtmlRenderer.page(title, lead, sections);
  }
}
