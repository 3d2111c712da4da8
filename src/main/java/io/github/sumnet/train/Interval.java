package io.github.sumnet.train;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far it is from one event to the next: a time such as 200ms, 30s, 5m or 2h, or a number of
 * steps.
 */
public final class Interval {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})(ms|s|m|h)?");

  private final String text;
  private final Duration time;
  private final long steps;

  private Interval(String text, Duration time, long steps) {
    this.text = text;
    this.time = time;
    this.steps = steps;
  }

  /**
   * Reads an interval.
   *
   * @throws IllegalArgumentException if it is not one, or is zero
   */
  public static Interval parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "expected a time such as 200ms, 30s, 5m or 2h, or a number of steps, not '" + text + "'");
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    if (unit == null) {
      return new Interval(text, null, number);
    }
    Duration time =
        switch (unit) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    return new Interval(text, time, 0);
  }

  public boolean isTime() {
    return time != null;
  }

  /** The time in seconds; only if {@link #isTime()}. */
  public double seconds() {
    return time.getSeconds() + time.getNano() / 1e9;
  }

  /** Whether it has passed since the last event. */
  public boolean hasPassed(long stepsSince, double secondsSince) {
    return isTime() ? secondsSince >= seconds() : stepsSince >= steps;
  }

  @Override
  public String toString() {
    return text;
  }
}
