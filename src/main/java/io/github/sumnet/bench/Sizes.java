package io.github.sumnet.bench;

import io.github.sumnet.data.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers and ranges of them as a user writes them: {@code 32,1k} or {@code 1024..1Mi*4}, which is
 * 1024, 4096 and so on, up to 1048576. Without a factor a range grows by 2.
 *
 * @param values distinct, ascending
 * @param text as it was written
 */
public record Sizes(List<Integer> values, String text) {
  private static final Pattern RANGE = Pattern.compile("([^.*]+)\\.\\.([^.*]+)(?:\\*([^.*]+))?");
  private static final int DEFAULT_FACTOR = 2;

  /**
   * Parses numbers and ranges.
   *
   * @throws IllegalArgumentException if they are none
   */
  public static Sizes parse(String text) {
    TreeSet<Integer> values = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      values.addAll(part(part.strip()));
    }
    return new Sizes(List.copyOf(values), text);
  }

  private static List<Integer> part(String part) {
    Matcher range = RANGE.matcher(part);
    if (!range.matches()) {
      return List.of(number(part));
    }
    int first = number(range.group(1));
    int last = number(range.group(2));
    int factor = range.group(3) == null ? DEFAULT_FACTOR : number(range.group(3));
    require(first <= last, "'" + part + "' runs backwards: put the smaller number first");
    require(factor >= 2, "'" + part + "': the factor must be at least 2, not " + factor);
    List<Integer> values = new ArrayList<>();
    for (long value = first; value <= last; value *= factor) {
      values.add((int) value);
    }
    int reached = values.get(values.size() - 1);
    require(
        reached == last,
        String.format(
            Locale.ROOT,
            "'%s' grows by a factor of %d and does not reach %d: give %d..%d*%d or %d..%d*%d,%d",
            part,
            factor,
            last,
            first,
            reached,
            factor,
            first,
            reached,
            factor,
            last));
    return values;
  }

  private static int number(String text) {
    try {
      return (int) Count.parse(text, 1, Integer.MAX_VALUE);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(
          none.getMessage() + "; a range is written 1024..1Mi*4", none);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
