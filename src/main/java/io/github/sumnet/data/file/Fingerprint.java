package io.github.sumnet.data.file;

import io.github.sumnet.data.StoredBatches;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a file is recognised by: its length, its rows, and a SHA-256 of its first and last 64 KiB
 * and of 64 pieces of 4 KiB spread evenly between them. Its time of change does not matter.
 */
public record Fingerprint(long bytes, long rows, String sha256) {
  private static final int ENDS = 65_536;
  private static final int PIECE = 4096;
  private static final int PIECES = 64;

  /** Takes the fingerprint of a file. */
  public static Fingerprint of(StoredBatches stored) throws IOException {
    Path file = stored.file();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      MessageDigest digest = newSha256();
      digest(channel, 0, ENDS, digest);
      long between = Math.max(0, size - PIECE);
      for (int i = 1; i <= PIECES; i++) {
        // In this order, so that no product leaves a long.
        digest(channel, between / (PIECES + 1) * i, PIECE, digest);
      }
      digest(channel, Math.max(0, size - ENDS), ENDS, digest);
      return new Fingerprint(size, stored.samples(), HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static void digest(FileChannel channel, long from, int count, MessageDigest digest)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
      // Goes on until the buffer is full or the file ends.
    }
    digest.update(bytes.flip());
  }

  /** The SHA-256 of some bytes, in hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  /** Bytes, rows and hash in one word. */
  @Override
  public String toString() {
    return bytes + "-" + rows + "-" + sha256;
  }
}
