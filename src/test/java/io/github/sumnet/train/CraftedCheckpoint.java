package io.github.sumnet.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes checkpoints that somebody tampered with, out of good ones. */
public final class CraftedCheckpoint {
  private static final byte[] NAN = ByteBuffer.allocate(4).putFloat(Float.NaN).array();
  private static final String WEIGHTS = "coefficients.bin";

  private CraftedCheckpoint() {}

  /** All checksums are right, but an entry has another content. */
  public static Path with(Path good, String entry, byte[] content) throws IOException {
    Map<String, byte[]> entries = CheckpointZip.read(good);
    entries.put(entry, content);
    return Files.write(crafted(good), CheckpointZip.write(entries));
  }

  /** All checksums are right, but a line is added to the plan. */
  public static Path withPlanLine(Path good, String line) throws IOException {
    String entry = "sumnet/plan.properties";
    List<String> keys = line.lines().map(each -> each.replaceFirst("=.*", "=")).toList();
    return with(good, entry, (without(good, entry, keys) + line).getBytes(UTF_8));
  }

  /** As it was written before chunks were added along a tree. */
  public static Path withSumsInLine(Path good) throws IOException {
    String entry = "sumnet/position.properties";
    return with(good, entry, without(good, entry, List.of("sum=")).getBytes(UTF_8));
  }

  /** All checksums are right, but training has come to another step. */
  public static Path withStep(Path good, long step) throws IOException {
    String entry = "sumnet/position.properties";
    String others = without(good, entry, List.of("step="));
    return with(good, entry, (others + "step=" + step).getBytes(UTF_8));
  }

  private static String without(Path good, String entry, List<String> keys) {
    return new String(CheckpointZip.read(good).get(entry), UTF_8)
        .lines()
        .filter(each -> keys.stream().noneMatch(each::startsWith))
        .map(each -> each + "\n")
        .collect(Collectors.joining());
  }

  /** All checksums are right, but the last weight is not a number. */
  public static Path withWeightNotANumber(Path good) throws IOException {
    byte[] weights = CheckpointZip.read(good).get(WEIGHTS);
    System.arraycopy(NAN, 0, weights, weights.length - NAN.length, NAN.length);
    return with(good, WEIGHTS, weights);
  }

  /** All checksums are right, but the weights of a 2-2-1 network claim to be 2^40. */
  public static Path withTooManyWeights(Path good) throws IOException {
    String hex = HexFormat.of().formatHex(CheckpointZip.read(good).get(WEIGHTS));
    String six = HexFormat.of().toHexDigits(6L);
    String many = HexFormat.of().toHexDigits(1L << 40);
    return with(good, WEIGHTS, HexFormat.of().parseHex(hex.replace(six, many)));
  }

  /** An entry is added, and the checksums do not know of it. */
  public static Path withEntry(Path good, String name, byte[] content) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>(CheckpointZip.read(good));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entries.put(name, content);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return Files.write(crafted(good), bytes.toByteArray());
  }

  /** A whole zip in which the content of one entry is not the one that the checksums are of. */
  public static Path withStaleChecksums(Path good, String entry, byte[] content)
      throws IOException {
    String checksums = "sumnet/sha256.txt";
    try (ZipFile zip = new ZipFile(good.toFile());
        InputStream stale = zip.getInputStream(zip.getEntry(checksums))) {
      byte[] old = stale.readAllBytes();
      return withEntry(with(good, entry, content), checksums, old);
    }
  }

  /** A small file with an entry of a known name that is 1 GiB large once inflated. */
  public static Path bomb(Path file) throws IOException {
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry(WEIGHTS));
      for (int i = 0; i < 1024; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    return file;
  }

  /** One file that is two zips: read from the front it is good, by its directory it is another. */
  public static Path withAnotherDirectory(Path good) throws IOException {
    byte[] bytes = Files.readAllBytes(good);
    byte[] name = "sumnet/provenance.json".getBytes(UTF_8);
    int last = bytes.length - name.length;
    while (!Arrays.equals(bytes, last, last + name.length, name, 0, name.length)) {
      last--;
    }
    bytes[last] = 'S';
    return Files.write(crafted(good), bytes);
  }

  private static Path crafted(Path good) {
    return good.resolveSibling("crafted.zip");
  }
}
