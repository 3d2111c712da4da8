package io.github.sumnet.engine;

import io.github.sumnet.data.RealNumber;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the learning rate changes with the iteration, or with the epoch: one of ND4J's schedules.
 * Written NAME:ARGUMENT:..., with {@code @epoch} at the end to count epochs; i below is that count
 * and r the learning rate.
 *
 * <p>Two of ND4J's schedules are left out: PolySchedule of 1.0.0-M2.1 grows where it should decay
 * (it computes (1 + i/n)^p), and a model saved with RampSchedule cannot be loaded again.
 *
 * @param kind the formula
 * @param arguments the formula's numbers, in order
 * @param perEpoch whether i counts epochs; otherwise it counts iterations
 */
public record Schedule(Kind kind, List<Double> arguments, boolean perEpoch) {
  /** The formulas, with the names of their arguments. */
  public enum Kind {
    /** r. */
    CONSTANT(),
    /** r·gamma^i. */
    EXPONENTIAL("gamma"),
    /** r / (1 + gamma·i)^power. */
    INVERSE("gamma", "power"),
    /** r / (1 + e^(−gamma·(i − count))). */
    SIGMOID("gamma", "count"),
    /** r·decay^⌊i/count⌋. */
    STEP("decay", "count"),
    /**
     * Smith's 1cycle: from r up to the largest rate and back to r, then in the last tenth of count
     * down towards r/100; and again from r.
     */
    CYCLE("largest rate", "count"),
    /** The rate given for the last position that i has reached; the first position is 0. */
    MAP("position", "rate");

    private final List<String> argumentNames;

    Kind(String... argumentNames) {
      this.argumentNames = List.of(argumentNames);
    }

    private String usage() {
      String arguments =
          argumentNames.stream()
              .map(name -> ":" + name.toUpperCase(Locale.ROOT).replace(' ', '_'))
              .collect(Collectors.joining());
      return this + arguments + (this == MAP ? "[:POSITION:RATE]..." : "");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A learning rate that stays what it is. */
  public static final Schedule CONSTANT = new Schedule(Kind.CONSTANT, List.of(), false);

  private static final String PER_EPOCH = "@epoch";
  private static final Pattern COLON = Pattern.compile(":");

  public Schedule {
    arguments = List.copyOf(arguments);
    int named = kind.argumentNames.size();
    boolean complete =
        kind == Kind.MAP
            ? !arguments.isEmpty() && arguments.size() % named == 0
            : arguments.size() == named;
    if (!complete) {
      throw new IllegalArgumentException(
          "schedule %s is written %s, not with %s arguments"
              .formatted(kind, kind.usage(), arguments.size()));
    }
    for (int i = 0; i < arguments.size(); i++) {
      requireSensible(kind, kind.argumentNames.get(i % named), arguments.get(i));
    }
    if (kind == Kind.MAP && arguments.get(0) != 0) {
      throw new IllegalArgumentException("schedule map must start at position 0");
    }
    if (kind == Kind.MAP) {
      requireDistinctPositions(arguments);
    }
  }

  private static void requireDistinctPositions(List<Double> arguments) {
    Set<Double> positions = new HashSet<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!positions.add(arguments.get(i))) {
        throw new IllegalArgumentException(
            "schedule map gives two rates for position " + written(arguments.get(i)));
      }
    }
  }

  private static void requireSensible(Kind kind, String name, double value) {
    boolean count = name.equals("count");
    boolean position = name.equals("position");
    boolean whole = count || position;
    boolean inRange = (position ? value >= 0 : value > 0) && value < Integer.MAX_VALUE;
    if (!inRange || (whole && value != Math.rint(value))) {
      throw new IllegalArgumentException(
          "schedule %s needs a %s%s%s, not %s"
              .formatted(
                  kind,
                  position ? "whole " : whole ? "positive whole " : "positive ",
                  name,
                  position ? ", 0 or more" : "",
                  written(value)));
    }
  }

  /**
   * Reads a schedule such as {@code constant}, {@code step:0.5:1000} or {@code
   * exponential:0.9@epoch}.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Schedule parse(String text) {
    boolean perEpoch = text.endsWith(PER_EPOCH);
    String formula = perEpoch ? text.substring(0, text.length() - PER_EPOCH.length()) : text;
    String[] parts = COLON.split(formula, -1);
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(candidate -> candidate.toString().equalsIgnoreCase(parts[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no schedule is called '" + parts[0] + "'; there are " + usages()));
    try {
      List<Double> arguments =
          Arrays.stream(parts).skip(1).map(RealNumber::parse).collect(Collectors.toList());
      return new Schedule(kind, arguments, perEpoch);
    } catch (NumberFormatException notNumbers) {
      throw new IllegalArgumentException(
          "schedule " + kind + " is written " + kind.usage() + ", not '" + text + "'", notNumbers);
    }
  }

  /** All forms that {@link #parse} reads. */
  public static String usages() {
    return Arrays.stream(Kind.values()).map(Kind::usage).collect(Collectors.joining(", "));
  }

  double argument(int index) {
    return arguments.get(index);
  }

  int count(int index) {
    return arguments.get(index).intValue();
  }

  @Override
  public String toString() {
    return kind
        + arguments.stream().map(a -> ":" + written(a)).collect(Collectors.joining())
        + (perEpoch ? PER_EPOCH : "");
  }

  private static String written(double number) {
    return number == Math.rint(number) && number < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
