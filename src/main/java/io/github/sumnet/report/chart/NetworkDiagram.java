package io.github.sumnet.report.chart;

import static io.github.sumnet.explain.Decimals.computed;
import static io.github.sumnet.explain.Decimals.given;

import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Inputs;
import io.github.sumnet.explain.Values;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.math.BigDecimal;

/**
 * The network with the exact numbers of one training step on it. From left to right: inputs, hidden
 * units, output, loss. A connection ends, or begins, in a straight lead of its own that carries its
 * weight above the line and its gradient below: so no two labels can meet, however many units there
 * are.
 */
public final class NetworkDiagram {
  /** The most hidden units whose numbers can still be read. */
  public static final int MOST_HIDDEN = 32;

  private static final Color INK = Palette.INK.light();
  private static final Color FAINT = Palette.FAINT.light();
  private static final Color POSITIVE = Palette.BLUE.light();
  private static final Color NEGATIVE = Palette.ORANGE.light();
  private static final Color BACKWARD = Palette.PURPLE.light();
  private static final Color UNIT = new Color(0xf4f6f8);
  private static final Color BORDER = new Color(0x9aa5b1);

  private static final float[] DASHES = {8, 5};

  /**
   * How much wider than here texts get in a viewer that has none of the families asked for and does
   * not heed a text's length either: DejaVu Sans for Liberation Sans.
   */
  private static final double WIDEST_FONT = 1.17;

  private static final double TEXT = 14;
  private static final double SMALL = 12.5;

  private static final int WIDTH = 1340;
  private static final double MARGIN = 32;
  private static final double ROOM = WIDTH - 2 * MARGIN;
  private static final double HEAD = 104;
  private static final double FOOT = 64;

  private static final double INPUT_X = 76;
  private static final double INPUT_RADIUS = 44;
  private static final double LEAD = 172;
  private static final double BOX = 164;
  private static final double BOX_HEIGHT = 102;
  private static final double HIDDEN_X = 456;
  private static final double OUTPUT_X = 928;
  private static final double LOSS_X = WIDTH - MARGIN - BOX;

  /** From one hidden unit to the next. */
  private static final double PITCH = 132;

  /** Of a hidden unit's two incoming connections, from its middle. */
  private static final double PORT = 27;

  private final Inputs in;
  private final Values<BigDecimal> exact;
  private final Graphics2D graphics;
  private final int hidden;
  private final double height;

  private NetworkDiagram(Explanation explanation, Graphics2D graphics) {
    in = explanation.inputs();
    exact = explanation.exact();
    this.graphics = graphics;
    hidden = in.topology().hidden();
    height = height(hidden);
  }

  /**
   * The diagram.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST_HIDDEN} hidden units
   */
  public static Picture of(Explanation explanation) {
    int hidden = explanation.inputs().topology().hidden();
    if (hidden > MOST_HIDDEN) {
      throw new IllegalArgumentException(
          "at most " + MOST_HIDDEN + " hidden units fit a diagram, not " + hidden);
    }
    String title = "One training step of a " + explanation.inputs().topology() + " sigmoid network";
    return new Picture(
        title,
        WIDTH,
        (int) (HEAD + height(hidden) + FOOT),
        graphics -> new NetworkDiagram(explanation, graphics).paint(title));
  }

  private void paint(String title) {
    label(title, MARGIN, 46, 22, INK, ROOM);
    String note = "Exact values, computed ones to five digits. Learning rate η = ";
    label(note + given(in.learningRate()) + ".", MARGIN, 70, TEXT, FAINT, ROOM);
    for (int j = 0; j < hidden; j++) {
      connectInput(0, j, -PORT);
      connectInput(1, j, PORT);
      connectOutput(j);
    }
    input("x1", in.x1(), inputY(0));
    input("x2", in.x2(), inputY(1));
    for (int j = 0; j < hidden; j++) {
      int unit = j + 1;
      box(
          HIDDEN_X,
          unitY(j),
          BOX_HEIGHT,
          "hidden unit " + unit,
          "z" + unit + " = " + computed(exact.z().get(j)),
          "a" + unit + " = " + computed(exact.a().get(j)),
          "δ" + unit + " = " + computed(exact.deltaHidden().get(j)));
    }
    draw(new Line2D.Double(OUTPUT_X + BOX, middle(), LOSS_X, middle()), FAINT, 1.5, false);
    arrow(LOSS_X, middle(), FAINT);
    box(
        OUTPUT_X,
        middle(),
        outputHeight(),
        "output unit",
        "zo = " + computed(exact.zo()),
        "ŷ = " + computed(exact.prediction()),
        "δo = " + computed(exact.deltaOutput()));
    box(
        LOSS_X,
        middle(),
        BOX_HEIGHT,
        "loss",
        "y = " + given(in.target()),
        "L = ½(ŷ - y)²",
        "L = " + computed(exact.loss()));
    legend();
  }

  private void connectInput(int row, int unit, double port) {
    double y = unitY(unit) + port;
    double leadX = HIDDEN_X - LEAD;
    Path2D path = curve(INPUT_X + INPUT_RADIUS, inputY(row), leadX, y);
    path.lineTo(HIDDEN_X, y);
    connect(path, row * hidden + unit, leadX, y);
    arrow(HIDDEN_X, y, color(in.hidden(row, unit)));
  }

  private void connectOutput(int unit) {
    double y = unitY(unit);
    double boxEnd = HIDDEN_X + BOX;
    double port = middle() + (unit - (hidden - 1) / 2.0) * Math.min(26, outputHeight() / hidden);
    Path2D path = new Path2D.Double(new Line2D.Double(boxEnd, y, boxEnd + LEAD, y));
    path.append(curve(boxEnd + LEAD, y, OUTPUT_X, port), true);
    connect(path, 2 * hidden + unit, boxEnd, y);
    arrow(OUTPUT_X, port, color(in.output(unit)));
  }

  /** The line of a weight, the weight above the line's lead and its gradient below. */
  private void connect(Path2D path, int weight, double leadX, double leadY) {
    String name = in.topology().weightNames().get(weight);
    BigDecimal value = in.weights().get(weight);
    double largest =
        in.weights().stream().mapToDouble(w -> Math.abs(w.doubleValue())).max().orElse(0);
    double share = largest == 0 ? 0 : Math.abs(value.doubleValue()) / largest;
    draw(path, color(value), 1.2 + 2.8 * share, value.signum() < 0);
    label(name + " = " + given(value), leadX + 10, leadY - 7, TEXT, color(value), LEAD - 24);
    String gradient = "∂L/∂" + name + " = " + computed(exact.gradient().get(weight));
    label(gradient, leadX + 10, leadY + 16, SMALL, BACKWARD, LEAD - 24);
  }

  private void arrow(double x, double y, Color color) {
    Path2D head = new Path2D.Double(new Line2D.Double(x, y, x - 11, y - 5.5));
    head.lineTo(x - 11, y + 5.5);
    head.closePath();
    graphics.setColor(color);
    graphics.fill(head);
  }

  private void input(String name, BigDecimal value, double y) {
    double size = 2 * INPUT_RADIUS;
    unit(new Ellipse2D.Double(INPUT_X - INPUT_RADIUS, y - INPUT_RADIUS, size, size));
    centred(name, y - 8, SMALL, FAINT);
    centred(given(value), y + 13, TEXT, INK);
  }

  /** A unit, its values below its name. */
  private void box(double x, double y, double boxHeight, String name, String... values) {
    unit(new RoundRectangle2D.Double(x, y - boxHeight / 2, BOX, boxHeight, 20, 20));
    double baseline = y - BOX_HEIGHT / 2 + 22;
    label(name, x + 14, baseline, SMALL, FAINT, BOX - 28);
    for (String value : values) {
      baseline += 22;
      Color color = value.startsWith("δ") ? BACKWARD : INK;
      label(value, x + 14, baseline, TEXT, color, BOX - 28);
    }
  }

  private void unit(Shape shape) {
    graphics.setColor(UNIT);
    graphics.fill(shape);
    draw(shape, BORDER, 1, false);
  }

  private void legend() {
    double y = HEAD + height + 34;
    double x = MARGIN;
    draw(new Line2D.Double(x, y - 5, x + 44, y - 5), POSITIVE, 2.6, false);
    x = label("positive weight", x + 54, y, SMALL, INK, LEAD) + 32;
    draw(new Line2D.Double(x, y - 5, x + 44, y - 5), NEGATIVE, 2.6, true);
    x = label("negative weight", x + 54, y, SMALL, INK, LEAD) + 32;
    x = label("thicker line: larger weight", x, y, SMALL, INK, 2 * LEAD) + 32;
    x = label("z, a, ŷ, L: forward pass", x, y, SMALL, INK, 2 * LEAD) + 32;
    label("δ, ∂L/∂w: backward pass", x, y, SMALL, BACKWARD, 2 * LEAD);
  }

  private void draw(Shape shape, Color color, double width, boolean dashed) {
    graphics.setColor(color);
    float[] dashes = dashed ? DASHES : null;
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
    graphics.draw(shape);
  }

  /** A text, smaller if the room needs it; returns where it ends. */
  private double label(
      String text, double x, double baseline, double size, Color color, double room) {
    double width = ChartFont.width(text, ChartFont.of(size));
    double fitting = size * Math.min(1, room / (WIDEST_FONT * width));
    graphics.setFont(ChartFont.of(fitting));
    graphics.setColor(color);
    graphics.drawString(text, (float) x, (float) baseline);
    return x + ChartFont.width(text, graphics.getFont());
  }

  private void centred(String text, double baseline, double size, Color color) {
    double room = 2 * INPUT_RADIUS - 12;
    double width = Math.min(room / WIDEST_FONT, ChartFont.width(text, ChartFont.of(size)));
    label(text, INPUT_X - width / 2, baseline, size, color, room);
  }

  private static Path2D curve(double x1, double y1, double x2, double y2) {
    double bend = (x2 - x1) / 2;
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.curveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    return path;
  }

  private static Color color(BigDecimal weight) {
    return weight.signum() < 0 ? NEGATIVE : POSITIVE;
  }

  private static double height(int hidden) {
    return Math.max(2, hidden) * PITCH;
  }

  private double middle() {
    return HEAD + height / 2;
  }

  /** Tall enough for every connection's arrow. */
  private double outputHeight() {
    return Math.max(BOX_HEIGHT, 16 * hidden);
  }

  private double unitY(int unit) {
    return middle() + (unit - (hidden - 1) / 2.0) * PITCH;
  }

  private double inputY(int input) {
    double distance = Math.max(66, height / 5);
    return middle() + (input == 0 ? -distance : distance);
  }
}
