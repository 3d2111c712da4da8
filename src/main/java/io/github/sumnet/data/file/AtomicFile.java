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
  /** Forces the entries of a file's folder to the disk. */
  interface FolderSync {
    void sync(Path file) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes to a file beside it, forces that to the disk, renames it and forces the folder, which
   * has the name, to the disk as well.
   *
   * @throws IOException if that fails; the old content is still there then
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, AtomicFile::syncFolder);
  }

  static void write(Path file, byte[] content, FolderSync folder) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      folder.sync(file);
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException unnamed) {
      // A full disk is reported without the file's name.
      FileSystemException named =
          new FileSystemException(file.toString(), null, unnamed.getMessage());
      named.initCause(unnamed);
      throw named;
    } finally {
      Files.deleteIfExists(temporary);
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
