package io.github.sumnet.data.file;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What happened to a file, in words: Java's file exceptions carry little but its name. */
public final class FileFailure {
  private FileFailure() {}

  /** What happened to which file. */
  public static String reason(Exception failure) {
    return failure instanceof FileSystemException file
        ? file.getFile() + ": " + cause(failure)
        : cause(failure);
  }

  /** The reason of what Java may have wrapped into Errors that say nothing themselves. */
  public static String deepReason(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof Error || cause instanceof ReflectiveOperationException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof Exception exception ? reason(exception) : cause.toString();
  }

  /** What happened, for messages that name the file themselves. */
  public static String cause(Exception failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "is there already, and is not a folder";
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    if (failure instanceof CharacterCodingException) {
      return "not text in UTF-8";
    }
    if (failure.getMessage() != null) {
      return failure.getMessage();
    }
    return "unexpected " + failure.getClass().getSimpleName() + "; --stack-trace shows where";
  }
}
