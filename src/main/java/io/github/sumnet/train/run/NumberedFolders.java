package io.github.sumnet.train.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folders of a command's runs: OUT/COMMAND/0001 and so on. Numbers only grow, and no two runs
 * get the same folder.
 *
 * @param parent OUT/COMMAND
 */
public record NumberedFolders(Path parent) {
  /** The numbered folders of a command such as train. */
  public static NumberedFolders of(Path out, String command) {
    return new NumberedFolders(out.resolve(command));
  }

  /**
   * Makes the next one.
   *
   * @throws IOException if it cannot be made
   */
  public Path create() throws IOException {
    Files.createDirectories(parent);
    int number = all().stream().mapToInt(NumberedFolders::number).max().orElse(0) + 1;
    Path folder = numbered(number);
    while (!created(folder)) {
      number++;
      folder = numbered(number);
    }
    return folder;
  }

  private Path numbered(int number) {
    return parent.resolve(String.format(Locale.ROOT, "%04d", number));
  }

  /** Makes the folder unless another run, perhaps one starting just now, has it already. */
  private static boolean created(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  /** All there are, the newest first. */
  public List<Path> newestFirst() throws IOException {
    return all().stream()
        .sorted(Comparator.comparingInt(NumberedFolders::number).reversed())
        .toList();
  }

  private List<Path> all() throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(child -> number(child) > 0).toList();
    }
  }

  private static int number(Path folder) {
    String name = folder.getFileName().toString();
    return name.matches("\\d{4,7}") ? Integer.parseInt(name) : 0;
  }
}
