package io.github.sumnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command of {@code scripts/sumnet} that the documentation prints: in a block of commands (sh),
 * at a prompt of a block with output (console), as a line of such output, or within a sentence.
 *
 * @param place file and line
 * @param exitCode 0, or what a comment {@code <!-- exit code N -->} above the block says
 * @param output the lines printed below the prompt
 */
record PrintedCommand(
    String place,
    Map<String, String> environment,
    List<String> arguments,
    int exitCode,
    List<String> output) {
  private static final String PROGRAM = "scripts/sumnet";
  private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*)");
  private static final Pattern EXIT_CODE = Pattern.compile("<!-- exit code (\\d+) -->");
  private static final Pattern IN_A_SENTENCE = Pattern.compile("`([^`]*" + PROGRAM + " [^`]*)`");
  private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");

  /** README and pages, from the folder that tests run in. */
  static List<Path> documents() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("src/site/markdown"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md"), Path.of("datasets/README.md")), pages.sorted())
          .toList();
    }
  }

  static List<PrintedCommand> all() throws IOException {
    List<PrintedCommand> found = new ArrayList<>();
    for (Path document : documents()) {
      addAll(document, found);
    }
    return found;
  }

  private static void addAll(Path document, List<PrintedCommand> found) throws IOException {
    List<String> lines = Files.readAllLines(document);
    String block = null;
    int exitCode = 0;
    List<String> output = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String place = document + ":" + (i + 1);
      Matcher fence = FENCE.matcher(line);
      Matcher comment = EXIT_CODE.matcher(line);
      if (fence.matches()) {
        exitCode = block == null ? exitCode : 0;
        block = block == null ? fence.group(1) : null;
        output = new ArrayList<>();
      } else if (block == null && comment.matches()) {
        exitCode = Integer.parseInt(comment.group(1));
      } else if (block == null) {
        Matcher sentence = IN_A_SENTENCE.matcher(line);
        while (sentence.find()) {
          add(found, place, sentence.group(1), 0, List.of());
        }
      } else if (block.equals("sh")) {
        add(found, place, line, exitCode, List.of());
      } else if (line.startsWith("$ ")) {
        output = new ArrayList<>();
        add(found, place, line.substring(2), exitCode, output);
      } else if (line.strip().startsWith(PROGRAM + " ")) {
        add(found, place, line, exitCode, List.of());
      } else {
        output.add(line);
      }
    }
  }

  private static void add(
      List<PrintedCommand> found, String place, String line, int exitCode, List<String> output) {
    Map<String, String> environment = new LinkedHashMap<>();
    List<String> arguments = new ArrayList<>();
    boolean isProgram = false;
    for (Matcher word = WORD.matcher(line); word.find(); ) {
      String text = word.group();
      if (text.equals(">") || text.equals("|") || text.startsWith("#")) {
        break;
      } else if (isProgram) {
        arguments.add(text.replaceAll("['\"]", ""));
      } else if (text.equals(PROGRAM)) {
        isProgram = true;
      } else if (text.matches("[A-Z_]+=.*")) {
        environment.put(text.replaceFirst("=.*", ""), text.replaceFirst("[^=]*=", ""));
      }
    }
    if (isProgram && !arguments.contains("COMMAND")) {
      found.add(new PrintedCommand(place, environment, arguments, exitCode, output));
    }
  }

  String command() {
    return arguments.isEmpty() ? "" : arguments.get(0);
  }

  boolean has(String option) {
    return arguments.stream()
        .anyMatch(each -> each.equals(option) || each.startsWith(option + "="));
  }

  @Override
  public String toString() {
    return place + ": " + String.join(" ", arguments);
  }
}
