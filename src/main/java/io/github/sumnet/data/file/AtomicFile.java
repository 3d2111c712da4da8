package io.github.sumnet.data.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file so that under its name there is either the old content or the whole new one. */
public final class AtomicFile {
  private static final Disk DISK = new Disk() {};

  /** What is asked of the disk, so that tests can have it refused. */
  interface Disk {
    default FileChannel open(Path file) throws IOException {
      return FileChannel.open(
          file,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
    }

    /** Writes some of the bytes. */
    default void write(FileChannel channel, ByteBuffer bytes) throws IOException {
      channel.write(bytes);
    }

    default void force(FileChannel channel) throws IOException {
      channel.force(true);
    }

    default void rename(Path from, Path to) throws IOException {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forces the entries of a file's folder to the disk. */
    default void forceFolder(Path file) throws IOException {
      syncFolder(file);
    }

    default void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }
  }

  private AtomicFile() {}

  /**
   * Writes to a file beside it, forces that to the disk, renames it and forces the folder, which
   * has the name, to the disk as well. A link stays one: what it leads to is replaced. A device or
   * a pipe is written to.
   *
   * @throws IOException if that fails; the old content is still there then, or, where it is the
   *     folder that could not be forced, the new one
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, DISK);
  }

  static void write(Path file, byte[] content, Disk disk) throws IOException {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          write(channel, content, disk);
        }
      } else {
        replace(Files.exists(file) ? file.toRealPath() : file, content, disk);
      }
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException unnamed) {
      // A full disk is reported without the file's name.
      FileSystemException named =
          new FileSystemException(file.toString(), null, unnamed.getMessage());
      named.initCause(unnamed);
      throw named;
    }
  }

  private static void replace(Path file, byte[] content, Disk disk) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel = disk.open(temporary)) {
        write(channel, content, disk);
        disk.force(channel);
      }
      disk.rename(temporary, file);
      disk.forceFolder(file);
    } catch (IOException failure) {
      try {
        disk.delete(temporary);
      } catch (IOException undeleted) {
        failure.addSuppressed(undeleted);
      }
      throw failure;
    }
  }

  private static void write(FileChannel channel, byte[] content, Disk disk) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    while (bytes.hasRemaining()) {
      disk.write(channel, bytes);
    }
  }

  /**
   * Forces the entries of a file's folder to the disk: until then a power failure may take back
   * that the file was renamed or deleted. Does nothing where the system cannot open folders
   * (Windows), which then has no such call.
   *
   * @throws IOException if the disk refuses
   */
  public static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    FileChannel entries;
    try {
      entries = FileChannel.open(folder, StandardOpenOption.READ);
    } catch (AccessDeniedException unsupported) {
      return;
    }
    try (entries) {
      entries.force(true);
    }
  }
}
