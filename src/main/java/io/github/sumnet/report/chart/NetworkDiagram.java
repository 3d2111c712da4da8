package io.github.sumnet.report.chart;

import static io.github.sumnet.explain.Decimals.computed;
import static io.github.sumnet.explain.Decimals.given;

import io.github.sumnet.explain.Explanation;
import io.github.sumnet.explain.Inputs;
import io.github.sumnet.explain.Values;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The network with the exact numbers of one training step on it. From left to right: inputs, hidden
 * units, output, loss. A connection ends, or begins, in a straight lead of its own that carries its
 * weight above the line and its gradient below: so no two labels can meet, however many units there
 * are.
 */
public final class NetworkDiagram {
  /** More would be a wall. */
  public static final int MOST_HIDDEN = 32;

  private static final Color INK = new Color(0x1f2933);
  private static final Color FAINT = new Color(0x6b7785);
  private static final Color PAPER = new Color(0xf4f6f8);
  private static final Color BORDER = new Color(0x9aa5b1);
  private static final Color POSITIVE = new Color(0x1f6fb2);
  private static final Color NEGATIVE = new Color(0xc2410c);
  private static final Color BACKWARD = new Color(0x6d28a8);

  /**
   * How much wider than here texts get in a viewer that has none of the families asked for and does
   * not heed a text's length either: DejaVu Sans for Liberation Sans.
   */
  private static final double WIDEST_FONT = 1.17;

  private static final double TEXT = 14;
  private static final double SMALL = 12.5;

  private static final int WIDTH = 1340;
  private static final double MARGIN = 32;
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

  private final Typeface typeface = Typeface.load();
  private final List<Drawing.Mark> marks = new ArrayList<>();
  private final Inputs in;
  private final Values<BigDecimal> exact;
  private final List<String> names;
  private final int hidden;
  private final double largestWeight;
  private final double height;

  private NetworkDiagram(Explanation explanation) {
    in = explanation.inputs();
    exact = explanation.exact();
    names = in.topology().weightNames();
    hidden = in.topology().hidden();
    largestWeight =
        in.weights().stream().mapToDouble(weight -> Math.abs(weight.doubleValue())).max().orElse(0);
    height = Math.max(2, hidden) * PITCH;
  }

  /**
   * The diagram.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST_HIDDEN} hidden units
   */
  public static Drawing of(Explanation explanation) {
    if (explanation.inputs().topology().hidden() > MOST_HIDDEN) {
      throw new IllegalArgumentException(
          "at most "
              + MOST_HIDDEN
              + " hidden units fit a diagram, not "
              + explanation.inputs().topology().hidden());
    }
    return new NetworkDiagram(explanation).draw();
  }

  private Drawing draw() {
    String title = "One training step of a " + in.topology() + " sigmoid network";
    label(title, MARGIN, 46, 22, INK, WIDTH - 2 * MARGIN);
    label(
        "Exact values, computed ones to five digits. Learning rate η = "
            + given(in.learningRate())
            + ".",
        MARGIN,
        70,
        TEXT,
        FAINT,
        WIDTH - 2 * MARGIN);
    for (int j = 0; j < hidden; j++) {
      connectInput(0, j, -PORT);
      connectInput(1, j, PORT);
      connectOutput(j);
    }
    input("x1", in.x1(), inputY(0));
    input("x2", in.x2(), inputY(1));
    for (int j = 0; j < hidden; j++) {
      String unit = Integer.toString(j + 1);
      box(
          HIDDEN_X,
          unitY(j),
          BOX_HEIGHT,
          "hidden unit " + unit,
          List.of(
              "z" + unit + " = " + computed(exact.z().get(j)),
              "a" + unit + " = " + computed(exact.a().get(j))),
          "δ" + unit + " = " + computed(exact.deltaHidden().get(j)));
    }
    line(OUTPUT_X + BOX, middle(), LOSS_X, middle(), FAINT, 1.5, false);
    arrow(LOSS_X, middle(), FAINT);
    box(
        OUTPUT_X,
        middle(),
        outputHeight(),
        "output unit",
        List.of("zo = " + computed(exact.zo()), "ŷ = " + computed(exact.prediction())),
        "δo = " + computed(exact.deltaOutput()));
    box(
        LOSS_X,
        middle(),
        BOX_HEIGHT,
        "loss",
        List.of("y = " + given(in.target()), "L = ½(ŷ - y)²", "L = " + computed(exact.loss())),
        null);
    legend();
    return new Drawing(WIDTH, (int) (HEAD + height + FOOT), title, marks);
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
    Path2D path = new Path2D.Double();
    path.moveTo(boxEnd, y);
    path.lineTo(boxEnd + LEAD, y);
    path.append(curve(boxEnd + LEAD, y, OUTPUT_X, port), true);
    connect(path, 2 * hidden + unit, boxEnd, y);
    arrow(OUTPUT_X, port, color(in.output(unit)));
  }

  /** The line of a weight, the weight above the line's lead and its gradient below. */
  private void connect(Path2D path, int weight, double leadX, double leadY) {
    BigDecimal value = in.weights().get(weight);
    double share = largestWeight == 0 ? 0 : Math.abs(value.doubleValue()) / largestWeight;
    marks.add(new Drawing.Line(path, color(value), 1.2 + 2.8 * share, value.signum() < 0));
    double room = LEAD - 24;
    label(
        names.get(weight) + " = " + given(value), leadX + 10, leadY - 7, TEXT, color(value), room);
    label(
        "∂L/∂" + names.get(weight) + " = " + computed(exact.gradient().get(weight)),
        leadX + 10,
        leadY + 16,
        SMALL,
        BACKWARD,
        room);
  }

  private void arrow(double x, double y, Color color) {
    Path2D head = new Path2D.Double();
    head.moveTo(x, y);
    head.lineTo(x - 11, y - 5.5);
    head.lineTo(x - 11, y + 5.5);
    head.closePath();
    marks.add(new Drawing.Area(head, color, color));
  }

  private void input(String name, BigDecimal value, double y) {
    marks.add(
        new Drawing.Area(
            new Ellipse2D.Double(
                INPUT_X - INPUT_RADIUS, y - INPUT_RADIUS, 2 * INPUT_RADIUS, 2 * INPUT_RADIUS),
            PAPER,
            BORDER));
    centred(name, INPUT_X, y - 8, SMALL, FAINT);
    centred(given(value), INPUT_X, y + 13, TEXT, INK);
  }

  /** A unit: its forward values in ink, its delta in the colour of the way back. */
  private void box(
      double x, double y, double boxHeight, String head, List<String> forward, String backward) {
    double top = y - BOX_HEIGHT / 2;
    double boxTop = y - boxHeight / 2;
    marks.add(
        new Drawing.Area(
            new RoundRectangle2D.Double(x, boxTop, BOX, boxHeight, 20, 20), PAPER, BORDER));
    double room = BOX - 28;
    label(head, x + 14, top + 22, SMALL, FAINT, room);
    double baseline = top + 22;
    for (String line : forward) {
      baseline += 22;
      label(line, x + 14, baseline, TEXT, INK, room);
    }
    if (backward != null) {
      label(backward, x + 14, baseline + 22, TEXT, BACKWARD, room);
    }
  }

  private void legend() {
    double y = HEAD + height + 34;
    double x = MARGIN;
    line(x, y - 5, x + 44, y - 5, POSITIVE, 2.6, false);
    x = label("positive weight", x + 54, y, SMALL, INK, LEAD) + 32;
    line(x, y - 5, x + 44, y - 5, NEGATIVE, 2.6, true);
    x = label("negative weight", x + 54, y, SMALL, INK, LEAD) + 32;
    x = label("thicker line: larger weight", x, y, SMALL, INK, 2 * LEAD) + 32;
    x = label("z, a, ŷ, L: forward pass", x, y, SMALL, INK, 2 * LEAD) + 32;
    label("δ, ∂L/∂w: backward pass", x, y, SMALL, BACKWARD, 2 * LEAD);
  }

  private void line(
      double x1, double y1, double x2, double y2, Color color, double width, boolean dashed) {
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
    marks.add(new Drawing.Line(path, color, width, dashed));
  }

  /** Adds a text, smaller if the room needs it; returns where it ends. */
  private double label(
      String text, double x, double baseline, double size, Color color, double room) {
    double fitting = Math.min(size, size * room / (WIDEST_FONT * typeface.width(text, size)));
    double width = typeface.width(text, fitting);
    marks.add(new Drawing.Label(text, x, baseline, width, fitting, color));
    return x + width;
  }

  private void centred(String text, double x, double baseline, double size, Color color) {
    double room = 2 * INPUT_RADIUS - 12;
    double width = Math.min(room / WIDEST_FONT, typeface.width(text, size));
    label(text, x - width / 2, baseline, size, color, room);
  }

  private static Path2D curve(double x1, double y1, double x2, double y2) {
    Path2D path = new Path2D.Double();
    double bend = (x2 - x1) / 2;
    path.moveTo(x1, y1);
    path.curveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    return path;
  }

  private static Color color(BigDecimal weight) {
    return weight.signum() < 0 ? NEGATIVE : POSITIVE;
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
