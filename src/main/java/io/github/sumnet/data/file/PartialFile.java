package io.github.sumnet.data.file;

import io.github.sumnet.data.DatasetFormat;
import io.github.sumnet.data.DatasetFormat.Piece;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dataset that is not whole yet: FILE.part, and in FILE.part.properties what it is made of and
 * how far it is known to be on the disk. It gets its name when it is whole.
 */
public final class PartialFile implements AutoCloseable {
  private static final String SAMPLES = "samples-written";
  private static final String BYTES = "bytes-written";

  private final Path file;
  private final Path part;
  private final Path notes;
  private final Map<String, String> provenance;
  private final FileChannel channel;
  private long samples;

  private PartialFile(Path file, Map<String, String> provenance) {
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.notes = file.resolveSibling(file.getFileName() + ".part.properties");
    this.provenance = provenance;
    try {
      this.channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException unwritable) {
      throw new UnusableFileException(
          "FILE: cannot write " + file + ": " + FileFailure.reason(unwritable));
    }
  }

  /**
   * Opens what an earlier call left, or begins anew.
   *
   * @param provenance what determines the file's content, by option
   * @param force whether to begin anew where something else was begun
   * @throws UnusableFileException if something else is in the way, or nothing can be written there
   * @throws IOException if writing fails, as on a full disk
   */
  public static PartialFile open(
      Path file, DatasetFormat format, Map<String, String> provenance, boolean force)
      throws IOException {
    PartialFile opened = new PartialFile(file, provenance);
    try {
      if (opened.channel.tryLock() == null) {
        throw new UnusableFileException(opened.part + " is being written by another process");
      }
      if (!opened.goesOn(force)) {
        opened.begin(format.header());
      }
      return opened;
    } catch (IOException | RuntimeException failure) {
      opened.channel.close();
      throw failure;
    }
  }

  /** How many samples are in it. */
  public long samples() {
    return samples;
  }

  public Path path() {
    return part;
  }

  private boolean goesOn(boolean force) throws IOException {
    Map<String, String> noted = noted();
    if (noted == null) {
      if (channel.size() > 0 && !force) {
        throw new UnusableFileException(
            part + " is in the way, and nothing says what it is; --force overwrites it");
      }
      return false;
    }
    long bytes = number(noted.remove(BYTES));
    long written = number(noted.remove(SAMPLES));
    if (!noted.equals(provenance)) {
      if (force) {
        return false;
      }
      throw new UnusableFileException(
          part
              + " was begun with other options ("
              + noted
              + "): give the same again to go on, or --force to begin anew");
    }
    if (bytes < 1 || written < 0 || channel.size() < bytes) {
      return false;
    }
    channel.truncate(bytes);
    samples = written;
    return true;
  }

  private Map<String, String> noted() throws IOException {
    try (Reader text = Files.newBufferedReader(notes)) {
      return PropertiesText.read(text);
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException damaged) {
      return -1;
    }
  }

  private void begin(byte[] header) throws IOException {
    channel.truncate(0);
    note();
    write(channel, 0, header);
  }

  void append(List<Piece> pieces, int count) throws IOException {
    try {
      for (Piece piece : pieces) {
        long position =
            piece.position() == DatasetFormat.AT_THE_END ? channel.size() : piece.position();
        write(channel, position, piece.bytes());
      }
      samples += count;
    } catch (IOException unwritable) {
      throw named(unwritable);
    }
  }

  /** Forces what is written to the disk, then notes it: what is noted is there after any crash. */
  void note() throws IOException {
    channel.force(false);
    Map<String, String> properties = new TreeMap<>(provenance);
    properties.put(SAMPLES, Long.toString(samples));
    properties.put(BYTES, Long.toString(channel.size()));
    AtomicFile.write(notes, PropertiesText.write(properties).getBytes(StandardCharsets.UTF_8));
  }

  /** Gives the whole file its name. */
  public void complete() throws IOException {
    try {
      channel.force(true);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      // Else a power failure could keep the part and lose the notes that say how far it is whole.
      AtomicFile.syncFolder(file);
      Files.deleteIfExists(notes);
    } catch (IOException unwritable) {
      throw named(unwritable);
    }
  }

  private FileSystemException named(IOException unwritable) {
    FileSystemException named =
        new FileSystemException(
            part.toString(),
            null,
            FileFailure.cause(unwritable) + "; what is written stays, the same command goes on");
    named.initCause(unwritable);
    return named;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  static void write(FileChannel channel, long position, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    while (bytes.hasRemaining()) {
      channel.write(bytes, position + bytes.position());
    }
  }
}
