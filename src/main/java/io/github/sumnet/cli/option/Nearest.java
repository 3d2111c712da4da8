package io.github.sumnet.cli.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What a misspelt name was probably meant to be. */
public final class Nearest {
  private Nearest() {}

  /** "; did you mean ...?", or nothing if no name is near. */
  public static String hint(String word, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(word, name)))
        .filter(name -> distance(word, name) <= (word.length() + 1) / 3)
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }

  /** How many letters have to be put in, left out or replaced (Levenshtein's distance). */
  private static int distance(String word, String name) {
    String a = word.toLowerCase(Locale.ROOT);
    String b = name.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
