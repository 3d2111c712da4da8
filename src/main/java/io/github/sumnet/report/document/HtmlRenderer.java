package io.github.sumnet.report.document;

import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.ol;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import io.github.sumnet.report.chart.Palette;
import io.github.sumnet.report.document.Block.Column;
import io.github.sumnet.report.document.Block.Column.Kind;
import j2html.TagCreator;
import j2html.tags.DomContent;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Documents as a page that is one file: no scripts, nothing to load. It follows the reader's choice
 * of light or dark, fits a phone and prints. Every text is escaped; pictures have a description for
 * those who cannot see them.
 */
public final class HtmlRenderer {
  /** Of a picture in the page's own units: letters keep their size on a phone. */
  private static final int WIDTH = 420;

  private final List<DomContent> sections = new ArrayList<>();
  private List<DomContent> section = new ArrayList<>();
  private List<DomContent> figures = new ArrayList<>();

  private HtmlRenderer() {}

  /** The page, as the text of an HTML file. */
  public static String render(Document document) {
    return new HtmlRenderer().page(document);
  }

  private String page(Document document) {
    for (Block block : document.blocks()) {
      if (!(block instanceof Block.Picture)) {
        endFigures();
      }
      if (block instanceof Block.Heading) {
        endSection();
      }
      add(block);
    }
    endFigures();
    endSection();
    String title = document.title();
    return TagCreator.document(
        html(
                head(
                    meta().withCharset("utf-8"),
                    meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                    meta().withName("color-scheme").withContent("light dark"),
                    TagCreator.title(title),
                    style(rawHtml(styleSheet()))),
                body(main(header(h1(title), p(document.lead())), each(sections, part -> part))))
            .withLang("en"));
  }

  private void endSection() {
    if (!section.isEmpty()) {
      List<DomContent> content = section;
      sections.add(section(each(content, part -> part)));
      section = new ArrayList<>();
    }
  }

  /** Pictures that follow each other stand beside each other where there is room. */
  private void endFigures() {
    if (!figures.isEmpty()) {
      List<DomContent> beside = figures;
      section.add(div(each(beside, figure -> figure)).withClass("beside"));
      figures = new ArrayList<>();
    }
  }

  private void add(Block block) {
    if (block instanceof Block.Heading heading) {
      section.add(h2(heading.text()));
    } else if (block instanceof Block.Text text) {
      section.add(p(text.text()));
    } else if (block instanceof Block.Bullets bullets) {
      section.add((bullets.numbered() ? ol() : ul()).with(each(bullets.items(), item -> li(item))));
    } else if (block instanceof Block.Facts facts) {
      section.add(
          scrolling(
              facts.caption(),
              tbody(
                  each(
                      facts.entries().entrySet(),
                      fact -> tr(th(fact.getKey()).attr("scope", "row"), td(fact.getValue()))))));
    } else if (block instanceof Block.KeyFigures figures) {
      section.add(
          dl(each(figures.entries().entrySet(), n -> div(dt(n.getKey()), dd(n.getValue()))))
              .withClass("numbers"));
    } else if (block instanceof Block.Table table) {
      section.add(table(table));
    } else if (block instanceof Block.Code code) {
      section.add(p(code.caption()));
      section.add(pre(code(code.text())));
    } else if (block instanceof Block.Picture picture) {
      figures.add(picture(picture));
    }
  }

  private static DomContent picture(Block.Picture picture) {
    String title = picture.chart().title();
    String svg =
        picture
            .chart()
            .untitled(WIDTH, picture.height())
            .svgInPage(title + ": " + picture.description());
    return figure(h3(title), rawHtml(svg), figcaption(picture.description()));
  }

  private static DomContent table(Block.Table table) {
    return scrolling(
        table.caption(),
        thead(
            tr(
                each(
                    table.columns(),
                    column ->
                        th(column.name())
                            .attr("scope", "col")
                            .withCondClass(column.kind() != Kind.NUMBERS, "words")))),
        tbody(each(table.rows(), cells -> row(table.columns(), cells))));
  }

  private static DomContent row(List<Column> columns, List<String> cells) {
    return tr(
        each(
            IntStream.range(0, cells.size()).boxed().toList(),
            k -> {
              Kind kind = columns.get(k).kind();
              return td(kind == Kind.CODE ? code(cells.get(k)) : text(cells.get(k)))
                  .withClass(kind == Kind.NUMBERS ? "number" : "words");
            }));
  }

  /** In a box of its own, which can be scrolled by keyboard too: never the page. */
  private static DomContent scrolling(String caption, DomContent... parts) {
    DomContent heading = caption.isEmpty() ? text("") : caption(span(caption));
    return div(TagCreator.table(heading).with(parts))
        .withClass("scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", caption.isEmpty() ? "table" : caption);
  }

  private static String styleSheet() {
    try (InputStream css = HtmlRenderer.class.getResourceAsStream("report.css")) {
      return colors(Palette::light)
          + "@media screen and (prefers-color-scheme: dark){"
          + colors(Palette::dark)
          + "}\n"
          + new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String colors(Function<Palette, Color> theme) {
    StringBuilder rule = new StringBuilder(":root{");
    for (Palette color : Palette.values()) {
      int rgb = theme.apply(color).getRGB() & 0xFFFFFF;
      rule.append(String.format(Locale.ROOT, "%s:#%06x;", color.property(), rgb));
    }
    return rule + "}";
  }
}
