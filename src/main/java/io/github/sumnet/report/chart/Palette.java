package io.github.sumnet.report.chart;

import java.awt.Color;

/** The colours of charts and reports, on white paper and on dark screens. */
public enum Palette {
  PAPER("paper", 0xffffff, 0x171c22),
  INK("ink", 0x1f2933, 0xe6eaee),
  FAINT("faint", 0x566270, 0x9fabb8),
  GRID("grid", 0xdde2e7, 0x343c46),
  BLUE("blue", 0x1f6fb2, 0x6cb2f0),
  ORANGE("orange", 0xc2410c, 0xf79256),
  PURPLE("purple", 0x6d28a8, 0xc79bf2),
  GREEN("green", 0x0f766e, 0x5cc8be);

  private final String property;
  private final Color light;
  private final Color dark;

  Palette(String property, int light, int dark) {
    this.property = property;
    this.light = new Color(light);
    this.dark = new Color(dark);
  }

  /** The colour on a white page. */
  public Color light() {
    return light;
  }

  /** The colour on a dark grey page. */
  public Color dark() {
    return dark;
  }

  /** What a style sheet calls it. */
  public String property() {
    return "--" + property;
  }
}
