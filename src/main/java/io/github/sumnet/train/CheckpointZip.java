package io.github.sumnet.train;

import io.github.sumnet.data.DataException;
import io.github.sumnet.data.Printable;
import io.github.sumnet.data.file.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The zip of a checkpoint: entries by name, and one more with the SHA-256 of each, in the form of
 * the sha256sum command. Reading accepts the names it knows, up to a size, and only if every
 * checksum is right.
 */
final class CheckpointZip {
  private static final String CHECKSUMS = "sumnet/sha256.txt";
  private static final Set<String> KNOWN =
      Set.of(
          "configuration.json",
          "coefficients.bin",
          "updaterState.bin",
          "sumnet/plan.properties",
          "sumnet/position.properties",
          "sumnet/provenance.json",
          CHECKSUMS);

  /** The largest model, 12,288 weights in double with Adam's two moments, stays well below. */
  private static final int LARGEST_ENTRY = 1 << 20;

  private static final int LARGEST_FILE = KNOWN.size() * LARGEST_ENTRY;

  private CheckpointZip() {}

  static byte[] write(Map<String, byte[]> entries) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(entries);
    all.put(CHECKSUMS, checksums(entries));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : all.entrySet()) {
        ZipEntry header = new ZipEntry(entry.getKey());
        header.setTime(0);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Reads and verifies all entries but the checksums.
   *
   * @throws DataException if the file cannot be read, has unknown or too large entries, or differs
   *     from its checksums
   */
  static Map<String, byte[]> read(Path file) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      requireSmall(file);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (!KNOWN.contains(name) || entries.containsKey(name)) {
          throw new DataException(
              "%s is not a checkpoint of sumnet: unexpected entry '%s'"
                  .formatted(file, Printable.line(name)));
        }
        byte[] content = zip.readNBytes(LARGEST_ENTRY + 1);
        if (content.length > LARGEST_ENTRY) {
          throw new DataException(
              "%s is not a checkpoint of sumnet: entry '%s' is larger than %s bytes"
                  .formatted(file, name, LARGEST_ENTRY));
        }
        entries.put(name, content);
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      // ZipInputStream throws IllegalArgumentException for names that are not text.
      throw new DataException(
          "cannot read the checkpoint " + file + ": " + reason(unreadable), unreadable);
    }
    verify(file, entries);
    requireDirectory(file, entries.keySet());
    return entries;
  }

  private static void requireSmall(Path file) throws IOException {
    if (Files.size(file) > LARGEST_FILE) {
      throw new DataException(
          file + " is not a checkpoint of sumnet: it is larger than " + LARGEST_FILE + " bytes");
    }
  }

  /** The zip's directory, at its end, is what other programs go by: it must list the same. */
  private static void requireDirectory(Path file, Set<String> entries) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Set<String> expected = new TreeSet<>(entries);
      expected.add(CHECKSUMS);
      if (!zip.stream().map(ZipEntry::getName).sorted().toList().equals(List.copyOf(expected))) {
        throw new DataException(
            file + " is not a checkpoint of sumnet: its directory does not list what it holds");
      }
    } catch (IOException unreadable) {
      throw new DataException(
          file + " is cut off, or its directory is damaged: " + unreadable.getMessage(),
          unreadable);
    }
  }

  private static void verify(Path file, Map<String, byte[]> entries) {
    byte[] found = entries.remove(CHECKSUMS);
    if (found == null) {
      throw new DataException(
          file + " is not a checkpoint of sumnet, or is cut off: it has no checksums");
    }
    if (!MessageDigest.isEqual(found, checksums(entries))) {
      throw new DataException(
          file + " is damaged: its content does not match its checksums; use another checkpoint");
    }
  }

  private static byte[] checksums(Map<String, byte[]> entries) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(entries)
        .forEach((name, content) -> lines.append(Fingerprint.sha256(content) + "  " + name + "\n"));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String reason(Exception e) {
    if (e instanceof java.nio.file.NoSuchFileException) {
      return "no such file";
    }
    return e instanceof EOFException ? "it is cut off" : e.getMessage();
  }
}
