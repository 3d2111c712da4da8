package io.github.sumnet.train;

import io.github.sumnet.data.Count;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far it is from one event to the next: a time such as 200ms, 30s, 5m or 2h, or a number of
 * steps such as 500 or 10k.
 */
public final class Interval {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})(ms|s|m|h)");

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
    if (!matcher.matches()) {
      return new Interval(text, null, steps(text));
    }
    long number = Long.parseLong(matcher.group(1));
    if (number == 0) {
      throw neither(text);
    }
    Duration time =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    return new Interval(text, time, 0);
  }

  /** A time, in its largest whole unit. */
  static Interval ofSeconds(double seconds) {
    long millis = Math.round(seconds * 1e3);
    String[] units = {"h", "m", "s"};
    long[] millisOfUnit = {3_600_000, 60_000, 1_000};
    for (int i = 0; i < units.length; i++) {
      if (millis % millisOfUnit[i] == 0) {
        return parse(millis / millisOfUnit[i] + units[i]);
      }
    }
    return parse(millis + "ms");
  }

  private static long steps(String text) {
    try {
      return Count.parse(text, 1, Long.MAX_VALUE);
    } catch (IllegalArgumentException noCount) {
      throw neither(text);
    }
  }

  private static IllegalArgumentException neither(String text) {
    return new IllegalArgumentException(
        "expected a time such as 200ms, 30s, 5m or 2h, or a number of steps such as 500 or 10k, not"
            + " '"
            + text
            + "'");
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
