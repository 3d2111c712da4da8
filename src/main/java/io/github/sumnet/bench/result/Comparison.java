package io.github.sumnet.bench.result;

import io.github.sumnet.bench.BenchCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two benchmarks beside each other.
 *
 * @param before the first
 * @param after the second
 * @param changes of all cases that were measured in both, in the order of the first
 * @param lost cases that were measured in the first and are in the plan of the second, but not
 *     measured there, with the reason
 * @param onlyBefore cases that only the first has measured, for no such reason
 * @param onlyAfter cases that only the second has measured
 * @param warnings why the numbers may not be comparable, a sentence each
 */
public record Comparison(
    Side before,
    Side after,
    List<Change> changes,
    Map<BenchCase, String> lost,
    List<BenchCase> onlyBefore,
    List<BenchCase> onlyAfter,
    List<String> warnings) {
  /**
   * One of the two.
   *
   * @param name what sentences call it, such as its file
   */
  public record Side(String name, BenchResult result) {}

  /** Compares two benchmarks row by row. */
  public static Comparison of(Side before, Side after) {
    boolean busy = before.result.isBusy() || after.result.isBusy();
    Map<BenchCase, BenchRow> second = new LinkedHashMap<>();
    after.result.rows().forEach(row -> second.put(row.benchCase(), row));
    List<Change> changes = new ArrayList<>();
    Map<BenchCase, String> lost = new LinkedHashMap<>();
    List<BenchCase> onlyBefore = new ArrayList<>();
    List<BenchCase> onlyAfter = new ArrayList<>();
    for (BenchRow row : before.result.rows()) {
      BenchRow other = second.remove(row.benchCase());
      boolean otherIsMeasured = other != null && other.isMeasured();
      if (row.isMeasured() && otherIsMeasured) {
        changes.add(Change.of(row, other, busy));
      } else if (row.isMeasured() && other != null && other.problem() != null) {
        lost.put(row.benchCase(), other.problem());
      } else if (row.isMeasured()) {
        onlyBefore.add(row.benchCase());
      } else if (otherIsMeasured) {
        onlyAfter.add(row.benchCase());
      }
    }
    second.values().stream()
        .filter(BenchRow::isMeasured)
        .map(BenchRow::benchCase)
        .forEach(onlyAfter::add);
    return new Comparison(
        before, after, changes, lost, onlyBefore, onlyAfter, warnings(before, after));
  }

  private static List<String> warnings(Side before, Side after) {
    List<String> warnings = new ArrayList<>();
    BenchResult first = before.result;
    BenchResult second = after.result;
    for (String difference : first.environment().machineDifferences(second.environment())) {
      warnings.add("The environments differ: " + difference + ".");
    }
    if (first.plan().threads() != second.plan().threads()) {
      warnings.add(
          "The threads differ: %s before, %s after."
              .formatted(first.plan().threads(), second.plan().threads()));
    }
    for (Side side : List.of(before, after)) {
      if (!side.result.complete()) {
        warnings.add(side.name + " was not measured to its end.");
      }
      if (side.result.isBusy()) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "While %s was measured, other processes kept up to %.1f of %d cores busy: nothing"
                    + " is concluded from it.",
                side.name,
                side.result.mostBusyCores(),
                side.result.environment().cores()));
      }
      if (side.result.plan().forks() == 1) {
        warnings.add(
            side.name + " was measured in one fork: how much processes differ is not known.");
      }
    }
    return warnings;
  }

  /** The changes for the worse by more than a share. */
  public List<Change> regressions(double share) {
    return changes.stream().filter(change -> change.isRegression(share)).toList();
  }
}
