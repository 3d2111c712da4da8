package io.github.sumnet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two benchmarks beside each other.
 *
 * @param before the first
 * @param after the second
 * @param changes of all cases that were measured in both, in the order of the first
 * @param lost cases that were measured in the first and are in the plan of the second, but not
 *     measured there, with the reason
 * @param unmatched cases that only one of the two has measured, for no such reason
 * @param warnings why the numbers may not be comparable, a sentence each
 */
public record Comparison(
    BenchResult before,
    BenchResult after,
    List<Change> changes,
    Map<BenchCase, String> lost,
    List<BenchCase> unmatched,
    List<String> warnings) {
  /** Compares. */
  public static Comparison of(BenchResult before, BenchResult after) {
    Map<BenchCase, BenchRow> second = new LinkedHashMap<>();
    after.rows().forEach(row -> second.put(row.benchCase(), row));
    List<Change> changes = new ArrayList<>();
    Map<BenchCase, String> lost = new LinkedHashMap<>();
    List<BenchCase> unmatched = new ArrayList<>();
    for (BenchRow row : before.rows()) {
      BenchRow other = second.remove(row.benchCase());
      boolean otherIsMeasured = other != null && other.isMeasured();
      if (row.isMeasured() && otherIsMeasured) {
        changes.add(Change.of(row, other));
      } else if (row.isMeasured() && other != null && other.problem() != null) {
        lost.put(row.benchCase(), other.problem());
      } else if (row.isMeasured() || otherIsMeasured) {
        unmatched.add(row.benchCase());
      }
    }
    second.values().stream()
        .filter(BenchRow::isMeasured)
        .map(BenchRow::benchCase)
        .forEach(unmatched::add);
    return new Comparison(before, after, changes, lost, unmatched, warnings(before, after));
  }

  private static List<String> warnings(BenchResult before, BenchResult after) {
    List<String> warnings = new ArrayList<>();
    for (String difference : before.environment().machineDifferences(after.environment())) {
      warnings.add("The environments differ: " + difference + ".");
    }
    if (before.plan().threads() != after.plan().threads()) {
      warnings.add(
          "The threads differ: "
              + before.plan().threads()
              + " before, "
              + after.plan().threads()
              + " after.");
    }
    if (!before.complete()) {
      warnings.add("The first benchmark was not measured to its end.");
    }
    if (!after.complete()) {
      warnings.add("The second benchmark was not measured to its end.");
    }
    return warnings;
  }

  /** The changes for the worse by more than a share. */
  public List<Change> regressions(double share) {
    return changes.stream().filter(change -> change.isRegression(share)).toList();
  }
}
